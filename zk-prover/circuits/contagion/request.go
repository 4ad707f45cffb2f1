package contagion

import (
	"math"

	"bulwark.io/circuits/account"
	"bulwark.io/circuits/fund"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/refusal"
)

// ParseRequest reads ["bulwark-contagion-prove", 2, epoch, tariff, rows, accounts, margins] over a risk table: epoch, tariff and accounts are
// their own encodings as byte strings, rows are the table's rows of the tariff's scenarios, margins as fund.ParseMargins reads them.
func ParseRequest(shape Shape, encoded []byte, table *risktable.Table) (Request, error) {
	root, document := canonical.Decode(encoded, refusal.Request, "request")
	if document.Fault() != nil {
		return Request{}, document.Fault()
	}
	f := root.Schema("bulwark-contagion-prove", 2, "epoch", "tariff", "rows", "accounts", "margins")
	epoch, err := account.ParseEpoch(f[0].Bytes())
	if err != nil {
		return Request{}, err
	}
	request := Request{Epoch: epoch}
	for _, item := range f[3].Items() {
		leaf, err := account.ParseAccount(item.Bytes())
		if err != nil {
			return Request{}, err
		}
		request.Accounts = append(request.Accounts, leaf)
	}
	request.Margins = fund.ParseMargins(f[4], epoch, request.Accounts)
	encodedTariff, rows := f[1].Bytes(), f[2].Ints(0, math.MaxInt32)
	if document.Fault() != nil {
		return Request{}, document.Fault()
	}
	request.Terms, err = TermsOf(shape, table, encodedTariff, rows)
	return request, err
}
