package boundary

import (
	"bulwark.io/circuits/book"
	"bulwark.io/circuits/fund"
	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/verification"
)

// layersMax bounds the layers of a book: each sums four nodes or more.
const layersMax = 16

func init() {
	functions["book-prove"] = function{[]string{"batch", "layers", "top", "table", "request"}, proveBook}
	functions["book-verify"] = function{[]string{"keys", "table", "book"}, verifyBook}
	functions["book-judge"] = function{[]string{"names", "keys", "table", "book", "house", "expectation"}, judgeBook}
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

// judgeBook holds a book against key files, a house file and what the verifier expects; the answer is that of judge.
func judgeBook(arguments []canonical.Value) (any, error) {
	names, err := bookNames(arguments[0])
	if err != nil {
		return nil, err
	}
	var keys [][]byte
	for _, item := range arguments[1].Items() {
		keys = append(keys, bytesOf(item, requestBytesMax))
	}
	house := bytesOf(arguments[4], verification.HouseBytesMax)
	expected, err := verification.ParseExpectation(bytesOf(arguments[5], verification.ExpectationBytesMax))
	if err != nil {
		return nil, err
	}
	table, err := parsed(arguments[2])
	if err != nil {
		return nil, err
	}
	encoding, err := document(arguments[3], bookBytesMax)
	if err != nil {
		return nil, err
	}
	published, err := book.ParseBundle(encoding)
	if err != nil {
		return nil, err
	}
	judgement, err := published.Judge(names, keys, table, house, expected)
	if err != nil {
		return nil, err
	}
	return judged(judgement), nil
}

// bookNames reads [batch, [* layer], top]: identities of keys.
func bookNames(argument canonical.Value) (book.Names, error) {
	f := argument.Tuple("batch", "layers", "top")
	names := book.Names{Batch: f[0].Digest(), Top: f[2].Digest()}
	layers := f[1].Items()
	if len(layers) > layersMax {
		f[1].Refuse("WRONG_LENGTH")
		return names, argument.Fault()
	}
	for _, layer := range layers {
		names.Layers = append(names.Layers, layer.Digest())
	}
	return names, argument.Fault()
}
