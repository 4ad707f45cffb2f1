package boundary

import (
	"bulwark.io/circuits/book"
	"bulwark.io/circuits/canonical"
	"bulwark.io/circuits/fund"
	"bulwark.io/circuits/groth"
)

// layersMax bounds the layers of a book: each sums four nodes or more.
const layersMax = 16

func init() {
	functions["book-prove"] = function{[]string{"batch", "layers", "top", "table", "request"}, proveBook}
	functions["book-verify"] = function{[]string{"keys", "table", "book"}, verifyBook}
	functions["fund-prove"] = function{[]string{"circuit", "vault", "request"}, proveFund}
}

func bookKeys(arguments []canonical.Value) (keys book.Keys, err error) {
	layers := arguments[1].Items()
	if len(layers) > layersMax {
		arguments[1].Refuse("WRONG_LENGTH")
	}
	if err := arguments[1].Fault(); err != nil {
		return keys, err
	}
	if keys.Batch, err = circuits.get(arguments[0]); err != nil {
		return keys, err
	}
	for _, handle := range layers {
		var layer *groth.Key
		if layer, err = circuits.get(handle); err != nil {
			return keys, err
		}
		keys.Layers = append(keys.Layers, layer)
	}
	keys.Top, err = circuits.get(arguments[2])
	return keys, err
}

func proveBook(arguments []canonical.Value) (any, error) {
	keys, err := bookKeys(arguments)
	if err != nil {
		return nil, err
	}
	table, err := parsed(arguments[3])
	if err != nil {
		return nil, err
	}
	encoding, err := document(arguments[4], bookBytesMax)
	if err != nil {
		return nil, err
	}
	request, kept, err := book.ParseHouse(encoding, table)
	if err != nil {
		return nil, err
	}
	watch := started()
	bundle, kept, figures, err := keys.Prove(request, kept)
	if err != nil {
		return nil, err
	}
	wall, processor := watch.millis()
	return []any{bundle.Encode(), kept.Encode(), []any{figures.Accounts, figures.Batches, figures.BatchesProved,
		int64(keys.Batch.Constraints()), wall, processor}}, nil
}

func verifyBook(arguments []canonical.Value) (any, error) {
	encodedKeys, err := document(arguments[0], requestBytesMax)
	if err != nil {
		return nil, err
	}
	verifying, err := book.ParseKeys(encodedKeys)
	if err != nil {
		return nil, err
	}
	table, err := parsed(arguments[1])
	if err != nil {
		return nil, err
	}
	encoding, err := document(arguments[2], bookBytesMax)
	if err != nil {
		return nil, err
	}
	published, err := book.ParseBundle(encoding)
	if err != nil {
		return nil, err
	}
	return nil, published.Verify(verifying, table)
}

// proveFund proves the cover of the fund over the vault table.
func proveFund(arguments []canonical.Value) (any, error) {
	key, err := circuits.get(arguments[0])
	if err != nil {
		return nil, err
	}
	shape, ok := key.Shape().(fund.Shape)
	if !ok {
		return nil, unknown(arguments[0])
	}
	table, err := parsed(arguments[1])
	if err != nil {
		return nil, err
	}
	encoding, err := document(arguments[2], bookBytesMax)
	if err != nil {
		return nil, err
	}
	request, err := fund.ParseRequest(encoding, table)
	if err != nil {
		return nil, err
	}
	assignment, err := fund.Assign(shape, request)
	if err != nil {
		return nil, err
	}
	watch := started()
	proof, err := key.Prove(assignment.Circuit, assignment.Public)
	if err != nil {
		return nil, err
	}
	wall, processor := watch.millis()
	return []any{proof, shown(assignment.Public), assignment.Need.String(), []any{int64(key.Constraints()), wall, processor}}, nil
}
