package fund

import (
	"math"

	"bulwark.io/circuits/account"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/refusal"
)

// ParseRequest reads ["bulwark-fund-prove", 2, epoch, accounts, margins, fund] over a vault table: epoch and accounts are their own
// encodings as byte strings, margins as ParseMargins reads them, the fund is in u. A vault table lists no venues, in any house.
func ParseRequest(encoded []byte, vault *risktable.Table) (Request, error) {
	if err := (!account.OverVenues).CheckTable(vault); err != nil {
		return Request{}, err
	}
	root, document := canonical.Decode(encoded, refusal.Request, "request")
	if document.Fault() != nil {
		return Request{}, document.Fault()
	}
	f := root.Schema("bulwark-fund-prove", 2, "epoch", "accounts", "margins", "fund")
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
	request.Margins = ParseMargins(f[2], epoch, request.Accounts)
	return request, document.Fault()
}

// ParseMargins reads [* [member, IM, MM, E, Buffer]], of the account in the same place each: number and salt of a leaf of the margin tree follow
// from the epoch and the account.
func ParseMargins(value canonical.Value, epoch publicinput.EpochDocument, accounts []publicinput.AccountLeaf) (margins []publicinput.MarginLeaf) {
	for i, item := range value.Items() {
		f := item.Tuple("member", "initialMargin", "maintenanceMargin", "equity", "buffer")
		leaf := publicinput.MarginLeaf{Member: f[0].Int(0, math.MaxUint32), Initial: f[1].Int(0, math.MaxInt64), Maintenance: f[2].Int(0, math.MaxInt64),
			Equity: f[3].Int(-math.MaxInt64, math.MaxInt64), Buffer: f[4].Int(0, math.MaxInt64)}
		if i < len(accounts) {
			leaf.Number, leaf.Salt = accounts[i].Number, publicinput.MarginSalt(epoch.House, epoch.Number, accounts[i].Salt)
		}
		margins = append(margins, leaf)
	}
	return margins
}
