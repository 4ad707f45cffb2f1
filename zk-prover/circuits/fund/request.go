package fund

import (
	"math"

	"bulwark.io/circuits/account"
	"bulwark.io/circuits/canonical"
	"bulwark.io/circuits/refusal"
	"bulwark.io/circuits/risktable"
)

// ParseRequest reads ["bulwark-fund-prove", 1, epoch, accounts, margins, fund] over a vault table: epoch and accounts are their own
// encodings as byte strings, a margin is [member, IM, salt] of the account in the same place, the fund is in u.
func ParseRequest(encoded []byte, vault *risktable.Table) (Request, error) {
	root, document := canonical.Decode(encoded, refusal.Request, "request")
	if document.Fault() != nil {
		return Request{}, document.Fault()
	}
	f := root.Schema("bulwark-fund-prove", 1, "epoch", "accounts", "margins", "fund")
	epoch, err := account.ParseEpoch(f[0].Bytes())
	if err != nil {
		return Request{}, err
	}
	request := Request{Epoch: epoch, Vault: vault, Fund: f[3].Int(0, math.MaxInt64)}
	for _, item := range f[1].Items() {
		leaf, err := account.ParseAccount(item.Bytes())
		if err != nil {
			return Request{}, err
		}
		request.Accounts = append(request.Accounts, leaf)
	}
	for _, item := range f[2].Items() {
		fields := item.Tuple("member", "initialMargin", "salt")
		request.Margins = append(request.Margins, Margin{Member: fields[0].Int(0, math.MaxUint32), Initial: fields[1].Int(0, math.MaxInt64),
			Salt: fields[2].Element()})
	}
	return request, document.Fault()
}
