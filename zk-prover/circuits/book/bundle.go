package book

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/refusal"
	"bulwark.io/circuits/verification"
)

// Part is one published node with its proof; a node without accounts has the known commitment and needs no proof.
type Part struct {
	Node  fr.Element
	Proof []byte
}

// BatchPart is a proved batch and the values that it was proved at, by their place in the bundle.
type BatchPart struct {
	Part
	Values int
}

// Bundle is everything that a house publishes about one epoch's book: with the risk table and the verifying keys, all that a verifier needs.
type Bundle struct {
	Epoch               publicinput.EpochDocument
	Values              []Values
	Batches             []BatchPart // from the left
	Layers              [][]Part    // from the lowest
	Accounts, Shortfall int64
	Published           Published
	Top                 []byte
}

// SumKey is the verifying key of one layer.
type SumKey struct {
	Shape SumShape
	Key   []byte
}

// VerifyingKeys are the keys that a verifier trusts, each for its shape: a key says nothing of its shape itself.
type VerifyingKeys struct {
	Shape  Shape
	Batch  []byte
	Layers []SumKey // from the lowest
	Top    SumKey
}

// check compares the shapes of the layers: each stands on the one below.
func (k VerifyingKeys) check() error {
	height := k.Shape.Levels
	for i, layer := range append(append([]SumKey{}, k.Layers...), k.Top) {
		if layer.Shape.Height != height || layer.Shape.Assets != k.Shape.Assets || layer.Shape.Instruments != k.Shape.Instruments ||
			(layer.Shape.Depth > 0) != (i == len(k.Layers)) {
			return refusal.New(refusal.Request, "BAD_SHAPE", "keys.layers[%d]", i)
		}
		height += layer.Shape.Fan
	}
	return nil
}

// Verify checks a bundle over the risk table of its epoch: that the table is the epoch's, that each batch was proved at values which cover
// today's, that every layer opens what the one below published, and that the top is about this epoch, these totals and this shortfall.
// Whoever asks compares the epoch's digest with the one that he trusts.
func (b *Bundle) Verify(keys VerifyingKeys, table *risktable.Table) error {
	if err := keys.check(); err != nil {
		return err
	}
	if table.Root != b.Epoch.TableRoot || table.Sha != b.Epoch.TableSha {
		return refusal.New(refusal.Account, "TABLE_ROOT_DIFFERS", "book.epoch.tableRoot")
	}
	if err := keys.Shape.Format.CheckTable(table); err != nil {
		return err
	}
	today := ValuesOf(table)
	if err := b.checkPublished(keys.Shape, today); err != nil {
		return err
	}
	digests, err := b.valueDigests(keys.Shape, today)
	if err != nil {
		return err
	}
	nodes, err := b.batches(keys, digests)
	if err != nil {
		return err
	}
	for i, layer := range keys.Layers {
		if i >= len(b.Layers) {
			return refusal.New(refusal.Form, "WRONG_LENGTH", "book.layers")
		}
		if nodes, err = verifyLayer(layer, i, b.Layers[i], nodes); err != nil {
			return err
		}
	}
	if len(b.Layers) != len(keys.Layers) {
		return refusal.New(refusal.Form, "WRONG_LENGTH", "book.layers")
	}
	children, err := childrenOf(keys.Top.Shape, nodes, 0)
	if err != nil {
		return err
	}
	public := topPublic(b.Epoch, b.Shortfall, b.Accounts, b.Published.Digest(children))
	if err := verification.Verify(keys.Top.Key, b.Top, groth.PublicInputs(public)); err != nil {
		return at(err, "book.top")
	}
	return nil
}

// checkPublished: totals stand in as many rows as the shape has, none behind the values of today, where no asset would name them. The
// circuit compares reserves with liabilities; a negative number would only be another field element here, so it is refused by name.
func (b *Bundle) checkPublished(shape Shape, today Values) error {
	p := b.Published
	for _, list := range []struct {
		where      string
		lots       []int64
		rows, used int
	}{
		{"lines", p.Lines, 2 * shape.Assets, len(today.Lines)}, {"reserves", p.Reserves, 2 * shape.Assets, len(today.Lines)},
		{"long", p.Long, shape.Instruments, len(today.Instruments)},
		{"short", p.Short, shape.Instruments, len(today.Instruments)},
		{"paid", p.Paid, shape.Instruments, len(today.Instruments)},
		{"paidReserves", p.PaidReserves, shape.Instruments, len(today.Instruments)},
	} {
		if len(list.lots) != list.rows {
			return refusal.New(refusal.Form, "WRONG_LENGTH", "book.published.%s", list.where)
		}
		for row, lots := range list.lots {
			if lots < 0 || row >= list.used && lots != 0 {
				return refusal.New(refusal.Form, "OUT_OF_RANGE", "book.published.%s[%d]", list.where, row)
			}
		}
	}
	if p.CashPlus < 0 || p.CashMinus < 0 || p.CashReserve < 0 || b.Shortfall < 0 || b.Accounts < 0 || b.Accounts >= 1<<accountsBits {
		return refusal.New(refusal.Form, "OUT_OF_RANGE", "book.published")
	}
	return nil
}

// valueDigests: every list of values covers those of today.
func (b *Bundle) valueDigests(shape Shape, today Values) ([]fr.Element, error) {
	digests := make([]fr.Element, len(b.Values))
	for i, values := range b.Values {
		if err := values.fits(shape); err != nil {
			return nil, err
		}
		if !values.of(shape).Covers(today.of(shape)) {
			return nil, refusal.New(refusal.Claim, "VALUES_NOT_COVERED", "book.values[%d]", i)
		}
		digests[i] = values.Digest(shape)
	}
	return digests, nil
}

func (b *Bundle) batches(keys VerifyingKeys, digests []fr.Element) ([]fr.Element, error) {
	empty := EmptyNode(keys.Shape.Assets, keys.Shape.Instruments, keys.Shape.Levels).Commitment()
	nodes := make([]fr.Element, len(b.Batches))
	asked := together{where: "book.batches[%d]"}
	for i, batch := range b.Batches {
		nodes[i] = batch.Node
		if batch.Node == empty && len(batch.Proof) == 0 {
			continue
		}
		if batch.Values < 0 || batch.Values >= len(digests) {
			return nil, refusal.New(refusal.Form, "OUT_OF_RANGE", "book.batches[%d].values", i)
		}
		asked.add(i, batch.Proof, keys.Shape.public(int64(i), batch.Node, digests[batch.Values]))
	}
	return nodes, asked.verify(keys.Batch)
}

// verifyLayer: node i of a layer sums the nodes below from i times its fan on.
func verifyLayer(key SumKey, layer int, parts []Part, below []fr.Element) ([]fr.Element, error) {
	fan := key.Shape.Children()
	if len(parts) != (len(below)+fan-1)/fan {
		return nil, refusal.New(refusal.Form, "WRONG_LENGTH", "book.layers[%d]", layer)
	}
	nodes := make([]fr.Element, len(parts))
	asked := together{where: fmt.Sprintf("book.layers[%d][%%d]", layer)}
	for i, part := range parts {
		children, err := childrenOf(key.Shape, below[fan*i:min(fan*i+fan, len(below))], i)
		if err != nil {
			return nil, err
		}
		nodes[i] = part.Node
		asked.add(i, part.Proof, key.Shape.public(int64(i), part.Node, children))
	}
	return nodes, asked.verify(key.Key)
}

// childrenOf is the digest of nodes, filled up with the commitment to nothing.
func childrenOf(shape SumShape, nodes []fr.Element, place int) (fr.Element, error) {
	if len(nodes) > shape.Children() {
		return fr.Element{}, refusal.New(refusal.Form, "WRONG_LENGTH", "book.nodes[%d]", place)
	}
	filled, empty := append([]fr.Element{}, nodes...), EmptyNode(shape.Assets, shape.Instruments, shape.Height).Commitment()
	for len(filled) < shape.Children() {
		filled = append(filled, empty)
	}
	return ChildrenDigest(filled), nil
}

// together are the proofs of one layer, verified in one product of pairings.
type together struct {
	where     string // of the part whose place is filled in
	places    []int
	submitted []verification.Submitted
}

func (t *together) add(place int, proof []byte, public [publicinput.Count]fr.Element) {
	t.places = append(t.places, place)
	t.submitted = append(t.submitted, verification.Submitted{Proof: proof, Public: groth.PublicInputs(public)})
}

func (t *together) verify(key []byte) error {
	bad, err := verification.VerifyAll(key, t.submitted)
	if err == nil {
		return nil
	}
	if bad < 0 {
		return err
	}
	return at(err, t.where, t.places[bad])
}

// at keeps the class of a refusal and says which part it is about.
func at(err error, where string, arguments ...any) error {
	fault := refusal.Of(err)
	return refusal.New(fault.Class, fault.Code, where, arguments...)
}
