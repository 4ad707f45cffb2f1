package book

import (
	"math"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/account"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/refusal"
)

// tree is ["bulwark-book-values", 1, residual, lines, instruments].
func (v Values) tree() []any {
	lines, instruments := make([]any, len(v.Lines)), make([]any, len(v.Instruments))
	for i, line := range v.Lines {
		tiers := make([]any, len(line.Tiers))
		for t, tier := range line.Tiers {
			tiers[t] = []any{tier.Threshold, tier.Slope}
		}
		lines[i] = []any{line.Key, line.Value, tiers}
	}
	for i, row := range v.Instruments {
		instruments[i] = []any{row.Number, row.Long, row.Short}
	}
	return []any{"bulwark-book-values", int64(1), v.Residual, lines, instruments}
}

func readValues(value canonical.Value) Values {
	f := value.Schema("bulwark-book-values", 1, "residual", "lines", "instruments")
	values := Values{Residual: f[0].Int(0, risktable.Million)}
	for _, item := range f[1].Items() {
		fields := item.Tuple("key", "value", "tiers")
		line := LineValue{Key: fields[0].Int(0, math.MaxUint32), Value: fields[1].Int(-risktable.BoundMax, risktable.BoundMax)}
		for _, tier := range fields[2].Items() {
			knot := tier.Tuple("threshold", "slope")
			line.Tiers = append(line.Tiers, risktable.Knot{Threshold: knot[0].Int(0, publicinput.LotsMax), Slope: knot[1].Int(0, risktable.BoundMax)})
		}
		values.Lines = append(values.Lines, line)
	}
	for _, item := range f[2].Items() {
		fields := item.Tuple("number", "long", "short")
		values.Instruments = append(values.Instruments, InstrumentValue{Number: fields[0].Int(0, math.MaxUint32),
			Long:  fields[1].Int(-risktable.BoundMax, risktable.BoundMax),
			Short: fields[2].Int(-risktable.BoundMax, risktable.BoundMax)})
	}
	return values
}

// tree is an opened node as its prover keeps it: it holds subtotals, so it is no part of a bundle.
func (n Node) tree() []any {
	t := n.Totals
	return []any{"bulwark-book-node", int64(2), bytesOf(n.Root), bytesOf(n.Blinding), t.Accounts, bytesOf(element(t.CashPlus)),
		bytesOf(element(t.CashMinus)), bytesOf(element(t.Shortfall)), integers(t.Lines), integers(t.Long), integers(t.Short), integers(t.Paid)}
}

func bytesOf(element fr.Element) []byte {
	encoded := element.Bytes()
	return encoded[:]
}

func integers(numbers []int64) []any {
	list := make([]any, len(numbers))
	for i, number := range numbers {
		list[i] = number
	}
	return list
}

func readNode(value canonical.Value) Node {
	f := value.Schema("bulwark-book-node", 2, "root", "blinding", "accounts", "cashPlus", "cashMinus", "shortfall", "lines", "long", "short", "paid")
	lots := func(value canonical.Value) []int64 { return value.Ints(0, math.MaxInt64>>1) }
	return Node{Root: f[0].Element(), Blinding: f[1].Element(), Totals: Totals{Accounts: f[2].Int(0, math.MaxUint32), CashPlus: readTotal(f[3]),
		CashMinus: readTotal(f[4]), Shortfall: readTotal(f[5]), Lines: lots(f[6]), Long: lots(f[7]), Short: lots(f[8]), Paid: lots(f[9])}}
}

func readTotal(value canonical.Value) *big.Int {
	total := value.Element()
	return total.BigInt(new(big.Int))
}

// tree is what the house publishes: cash⁺, cash⁻, reserve of cash, lines, reserves, long, short, paid, reserves of what is paid.
func (p Published) tree() []any {
	return []any{p.CashPlus, p.CashMinus, p.CashReserve, integers(p.Lines), integers(p.Reserves), integers(p.Long), integers(p.Short),
		integers(p.Paid), integers(p.PaidReserves)}
}

// encodeEpoch is the encoding of an epoch that account.ParseEpoch reads.
func encodeEpoch(e publicinput.EpochDocument) []byte {
	return canonical.Encode([]any{"bulwark-epoch-digest", int64(2), []any{bytesOf(e.House), e.Number, bytesOf(e.Previous), bytesOf(e.AccountRoot),
		bytesOf(e.TableRoot), e.TableSha[:], e.ParametersSha[:], e.InputsSha[:], bytesOf(e.VenueRoot), bytesOf(e.VaultTableRoot), bytesOf(e.BufferDigest),
		bytesOf(e.MarginRoot)}})
}

// Encode writes ["bulwark-book", 2, epoch, values, batches, layers, accounts, shortfall, published, top]: a batch is [node, proof, values], a
// part of a layer [node, proof]; the epoch is its own encoding as a byte string.
func (b *Bundle) Encode() []byte {
	values, batches, layers := make([]any, len(b.Values)), make([]any, len(b.Batches)), make([]any, len(b.Layers))
	for i := range b.Values {
		values[i] = b.Values[i].tree()
	}
	for i, batch := range b.Batches {
		batches[i] = []any{bytesOf(batch.Node), batch.Proof, int64(batch.Values)}
	}
	for i, layer := range b.Layers {
		parts := make([]any, len(layer))
		for j, part := range layer {
			parts[j] = []any{bytesOf(part.Node), part.Proof}
		}
		layers[i] = parts
	}
	return canonical.Encode([]any{"bulwark-book", int64(2), encodeEpoch(b.Epoch), values, batches, layers, b.Accounts, b.Shortfall,
		b.Published.tree(), b.Top})
}

// ParseBundle reads a bundle.
func ParseBundle(encoded []byte) (*Bundle, error) {
	root, document := canonical.Decode(encoded, refusal.Request, "book")
	if document.Fault() != nil {
		return nil, document.Fault()
	}
	f := root.Schema("bulwark-book", 2, "epoch", "values", "batches", "layers", "accounts", "shortfall", "published", "top")
	epoch, err := account.ParseEpoch(f[0].Bytes())
	if err != nil {
		return nil, err
	}
	bundle := &Bundle{Epoch: epoch, Accounts: f[4].Int(0, math.MaxUint32), Shortfall: f[5].Int(0, math.MaxInt64), Published: readPublished(f[6]),
		Top: f[7].Bytes()}
	for _, item := range f[1].Items() {
		bundle.Values = append(bundle.Values, readValues(item))
	}
	for _, item := range f[2].Items() {
		fields := item.Tuple("node", "proof", "values")
		bundle.Batches = append(bundle.Batches, BatchPart{Part: Part{Node: fields[0].Element(), Proof: fields[1].Bytes()},
			Values: int(fields[2].Int(0, math.MaxInt32))})
	}
	for _, layer := range f[3].Items() {
		parts := []Part{}
		for _, item := range layer.Items() {
			fields := item.Tuple("node", "proof")
			parts = append(parts, Part{Node: fields[0].Element(), Proof: fields[1].Bytes()})
		}
		bundle.Layers = append(bundle.Layers, parts)
	}
	return bundle, document.Fault()
}

func readPublished(value canonical.Value) Published {
	f := value.Tuple("cashPlus", "cashMinus", "cashReserve", "lines", "reserves", "long", "short", "paid", "paidReserves")
	lots := func(value canonical.Value) []int64 { return value.Ints(0, math.MaxInt64>>1) }
	return Published{CashPlus: f[0].Int(0, math.MaxInt64), CashMinus: f[1].Int(0, math.MaxInt64), CashReserve: f[2].Int(0, math.MaxInt64),
		Lines: lots(f[3]), Reserves: lots(f[4]), Long: lots(f[5]), Short: lots(f[6]), Paid: lots(f[7]), PaidReserves: lots(f[8])}
}

// ParseKeys reads ["bulwark-book-keys", 1, batch, layers, top]: each a shape and a verifying key.
func ParseKeys(encoded []byte) (VerifyingKeys, error) {
	root, document := canonical.Decode(encoded, refusal.Request, "keys")
	if document.Fault() != nil {
		return VerifyingKeys{}, document.Fault()
	}
	f := root.Schema("bulwark-book-keys", 1, "batch", "layers", "top")
	batch, top := f[0].Tuple("shape", "key"), f[2].Tuple("shape", "key")
	keys := VerifyingKeys{Shape: readShape(batch[0]), Batch: batch[1].Bytes(),
		Top: SumKey{Shape: readSumShape(top[0], 1, depthMax), Key: top[1].Bytes()}}
	for _, item := range f[1].Items() {
		fields := item.Tuple("shape", "key")
		keys.Layers = append(keys.Layers, SumKey{Shape: readSumShape(fields[0], 0, 0), Key: fields[1].Bytes()})
	}
	return keys, document.Fault()
}
