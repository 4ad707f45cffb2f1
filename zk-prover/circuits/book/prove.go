package book

import (
	"crypto/rand"
	"math"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/account"
	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/plain/tree"
	"bulwark.io/circuits/refusal"
)

// Keys are the opened circuits of a house's book, layer by layer.
type Keys struct {
	Batch  *groth.Key
	Layers []*groth.Key
	Top    *groth.Key
}

// Verifying are the keys that verify what these prove.
func (k Keys) Verifying() (VerifyingKeys, error) {
	shape, isBatch := k.Batch.Shape().(Shape)
	top, isTop := k.Top.Shape().(SumShape)
	if !isBatch || !isTop {
		return VerifyingKeys{}, refusal.New(refusal.Handle, "UNKNOWN_HANDLE", "circuit")
	}
	keys := VerifyingKeys{Shape: shape, Batch: k.Batch.VerifyingKey(), Top: SumKey{top, k.Top.VerifyingKey()}}
	for _, layer := range k.Layers {
		shape, isSum := layer.Shape().(SumShape)
		if !isSum {
			return VerifyingKeys{}, refusal.New(refusal.Handle, "UNKNOWN_HANDLE", "circuit")
		}
		keys.Layers = append(keys.Layers, SumKey{shape, layer.VerifyingKey()})
	}
	return keys, keys.check()
}

// HouseRequest asks for the book of an epoch.
type HouseRequest struct {
	Epoch     publicinput.EpochDocument
	Table     *risktable.Table
	Accounts  []publicinput.AccountLeaf // by number, all of the epoch
	Reserves  Reserves
	BandPpm   int64 // how much worse than today's the values of new batch proofs are
	Shortfall int64 // declared, u; below 0: as much as is missing
}

// keptPart is a proved node as its prover keeps it for the next epoch.
type keptPart struct {
	Node   Node
	Proof  []byte
	Values int // of a batch
}

// Kept is what a prover keeps between epochs: proofs and the subtotals that they hide. It is secret.
type Kept struct {
	Values  []Values
	Batches []keptPart
	Layers  [][]keptPart
}

// Figures say what a book took.
type Figures struct {
	Accounts, Batches, BatchesProved int64
}

// Prove makes the book of an epoch: new proofs of the batches whose accounts changed or whose values no longer cover today's, of the sums
// above them, and of the top. What was kept from another epoch may be nil.
func (k Keys) Prove(request HouseRequest, kept *Kept) (*Bundle, *Kept, Figures, error) {
	verifying, err := k.Verifying()
	if err != nil {
		return nil, nil, Figures{}, err
	}
	if request.Table.Root != request.Epoch.TableRoot || request.Table.Sha != request.Epoch.TableSha {
		return nil, nil, Figures{}, refusal.New(refusal.Account, "TABLE_ROOT_DIFFERS", "request.epoch.tableRoot")
	}
	if err := verifying.Shape.Format.CheckTable(request.Table); err != nil {
		return nil, nil, Figures{}, err
	}
	if err := verifying.Shape.Format.CheckAccounts(request.Accounts); err != nil {
		return nil, nil, Figures{}, err
	}
	if kept == nil {
		kept = &Kept{}
	}
	h := &houseProver{keys: k, verifying: verifying, request: request, old: kept, made: &Kept{}, today: ValuesOf(request.Table).of(verifying.Shape)}
	nodes, err := h.batches()
	if err != nil {
		return nil, nil, Figures{}, err
	}
	for i := range k.Layers {
		if nodes, err = h.layer(i, nodes); err != nil {
			return nil, nil, Figures{}, err
		}
	}
	bundle, err := h.top(nodes)
	return bundle, h.made, h.figures, err
}

type houseProver struct {
	keys      Keys
	verifying VerifyingKeys
	request   HouseRequest
	today     Values
	old, made *Kept
	figures   Figures
}

// batches proves or keeps every batch up to the last that has an account.
func (h *houseProver) batches() ([]Node, error) {
	size, accounts := int64(h.verifying.Shape.Accounts()), h.request.Accounts
	h.figures.Accounts = int64(len(accounts))
	var nodes []Node
	for index := int64(0); len(accounts) > 0; index++ {
		n := 0
		for n < len(accounts) && accounts[n].Number < size*(index+1) {
			n++
		}
		part, err := h.batch(BatchRequest{Index: index, Accounts: accounts[:n]})
		if err != nil {
			return nil, err
		}
		h.made.Batches, nodes, accounts = append(h.made.Batches, part), append(nodes, part.Node), accounts[n:]
		h.figures.Batches++
	}
	return nodes, nil
}

func (h *houseProver) batch(request BatchRequest) (keptPart, error) {
	shape := h.verifying.Shape
	if len(request.Accounts) == 0 {
		return keptPart{Node: EmptyNode(shape.Assets, shape.Instruments, shape.Levels), Proof: []byte{}}, nil
	}
	if part, ok := h.unchanged(request); ok {
		return part, nil
	}
	request.Values, request.Blinding = h.today.Worsened(h.request.BandPpm), randomBlinding()
	assignment, err := AssignBatch(shape, request)
	if err != nil {
		return keptPart{}, err
	}
	proof, err := h.keys.Batch.Prove(assignment.Circuit, assignment.Public)
	h.figures.BatchesProved++
	return keptPart{Node: assignment.Node, Proof: proof, Values: h.valuesOf(request.Values)}, err
}

// unchanged finds the proof of a batch whose leaves are the same, at values that cover today's.
func (h *houseProver) unchanged(request BatchRequest) (keptPart, bool) {
	if request.Index >= int64(len(h.old.Batches)) {
		return keptPart{}, false
	}
	part := h.old.Batches[request.Index]
	if len(part.Proof) == 0 || part.Values >= len(h.old.Values) || subtreeRoot(h.verifying.Shape, request) != part.Node.Root {
		return keptPart{}, false
	}
	values := h.old.Values[part.Values]
	if !values.Covers(h.today) {
		return keptPart{}, false
	}
	part.Values = h.valuesOf(values)
	return part, true
}

func subtreeRoot(shape Shape, request BatchRequest) fr.Element {
	leaves := map[int64]fr.Element{}
	for _, leaf := range request.Accounts {
		leaves[leaf.Number-request.Index*int64(shape.Accounts())] = leaf.Hash()
	}
	subtree := tree.New(shape.Levels)
	subtree.Update(leaves)
	return subtree.Root()
}

// valuesOf is the place of values among those of the bundle.
func (h *houseProver) valuesOf(values Values) int {
	digest := values.Digest(h.verifying.Shape)
	for i, known := range h.made.Values {
		if known.Digest(h.verifying.Shape) == digest {
			return i
		}
	}
	h.made.Values = append(h.made.Values, values)
	return len(h.made.Values) - 1
}

func randomBlinding() (blinding fr.Element) {
	var bytes [31]byte
	if _, err := rand.Read(bytes[:]); err != nil {
		panic("no secure generator")
	}
	blinding.SetBytes(bytes[:])
	return blinding
}

// layer sums nodes; a sum of the same commitments as before keeps its proof.
func (h *houseProver) layer(layer int, nodes []Node) ([]Node, error) {
	key, shape := h.keys.Layers[layer], h.verifying.Layers[layer].Shape
	fan, parts, above := shape.Children(), []keptPart{}, []Node{}
	for index := 0; index*fan < len(nodes); index++ {
		children := nodes[index*fan : min(index*fan+fan, len(nodes))]
		part, ok := h.sameSum(layer, index, shape, children)
		if !ok {
			assignment, err := AssignSum(shape, SumRequest{Index: int64(index), Nodes: children, Blinding: randomBlinding()})
			if err != nil {
				return nil, err
			}
			proof, err := key.Prove(assignment.Circuit, assignment.Public)
			if err != nil {
				return nil, err
			}
			part = keptPart{Node: assignment.Node, Proof: proof}
		}
		parts, above = append(parts, part), append(above, part.Node)
	}
	h.made.Layers = append(h.made.Layers, parts)
	return above, nil
}

// sameSum finds the proof of a sum: root and totals are those of the nodes, and the nodes are those that it opened.
func (h *houseProver) sameSum(layer, index int, shape SumShape, nodes []Node) (keptPart, bool) {
	if layer >= len(h.old.Layers) || index >= len(h.old.Layers[layer]) {
		return keptPart{}, false
	}
	before := h.old.Batches
	if layer > 0 {
		before = h.old.Layers[layer-1]
	}
	first := index * shape.Children()
	last := min(first+shape.Children(), len(before))
	if last-first != len(nodes) {
		return keptPart{}, false
	}
	for i, part := range before[first:last] {
		if part.Node.Commitment() != nodes[i].Commitment() {
			return keptPart{}, false
		}
	}
	return h.old.Layers[layer][index], true
}

func (h *houseProver) top(nodes []Node) (*Bundle, error) {
	request := TopRequest{Epoch: h.request.Epoch, Nodes: nodes, Shortfall: h.request.Shortfall, Reserves: h.request.Reserves}
	shape := h.verifying.Top.Shape
	if request.Shortfall < 0 {
		total := noTotals(shape.Assets, shape.Instruments)
		for _, node := range nodes {
			total.add(node.Totals)
		}
		units := total.ShortfallUnits()
		if !units.IsInt64() {
			return nil, refusal.New(refusal.Account, "TOO_LARGE", "shortfall")
		}
		request.Shortfall = units.Int64()
	}
	assignment, err := AssignTop(shape, request)
	if err != nil {
		return nil, err
	}
	proof, err := h.keys.Top.Prove(assignment.Circuit, assignment.Public)
	if err != nil {
		return nil, err
	}
	bundle := &Bundle{Epoch: h.request.Epoch, Values: h.made.Values, Accounts: assignment.Node.Totals.Accounts, Shortfall: request.Shortfall,
		Published: assignment.Published, Top: proof}
	for _, part := range h.made.Batches {
		bundle.Batches = append(bundle.Batches, BatchPart{Part: part.part(), Values: part.Values})
	}
	for _, layer := range h.made.Layers {
		parts := make([]Part, len(layer))
		for i, part := range layer {
			parts[i] = part.part()
		}
		bundle.Layers = append(bundle.Layers, parts)
	}
	return bundle, bundle.Verify(h.verifying, h.request.Table)
}

func (p keptPart) part() Part { return Part{Node: p.Node.Commitment(), Proof: p.Proof} }

// ParseHouse reads ["bulwark-book-prove", 2, epoch, accounts, cash, assets, instruments, bandPpm, shortfall, kept] over a table; epoch and accounts are
// their own encodings as byte strings, shortfall −1 declares as much as is missing, kept is what the last call gave, or empty.
func ParseHouse(encoded []byte, table *risktable.Table) (HouseRequest, *Kept, error) {
	root, document := canonical.Decode(encoded, refusal.Request, "request")
	if document.Fault() != nil {
		return HouseRequest{}, nil, document.Fault()
	}
	f := root.Schema("bulwark-book-prove", 2, "epoch", "accounts", "cash", "assets", "instruments", "bandPpm", "shortfall", "kept")
	epoch, err := account.ParseEpoch(f[0].Bytes())
	if err != nil {
		return HouseRequest{}, nil, err
	}
	request := HouseRequest{Epoch: epoch, Table: table, BandPpm: f[5].Int(0, risktable.Million), Shortfall: f[6].Int(-1, math.MaxInt64),
		Reserves: Reserves{Cash: f[2].Int(0, math.MaxInt64), Assets: f[3].Ints(0, math.MaxInt64>>1), Instruments: f[4].Ints(0, math.MaxInt64>>1)}}
	last := int64(-1)
	for i, item := range f[1].Items() {
		leaf, err := account.ParseAccount(item.Bytes())
		if err != nil {
			return HouseRequest{}, nil, err
		}
		if leaf.Number <= last {
			return HouseRequest{}, nil, refusal.New(refusal.Account, "IDS_NOT_INCREASING", "request.accounts[%d]", i)
		}
		last = leaf.Number
		request.Accounts = append(request.Accounts, leaf)
	}
	var kept *Kept
	if encodedKept := f[7].Bytes(); len(encodedKept) > 0 {
		if kept, err = parseKept(encodedKept); err != nil {
			return HouseRequest{}, nil, err
		}
	}
	return request, kept, document.Fault()
}

// Encode writes what a prover keeps: ["bulwark-book-kept", 2, values, batches, layers].
func (k *Kept) Encode() []byte {
	values, batches, layers := make([]any, len(k.Values)), make([]any, len(k.Batches)), make([]any, len(k.Layers))
	for i := range k.Values {
		values[i] = k.Values[i].tree()
	}
	for i, part := range k.Batches {
		batches[i] = []any{part.Node.tree(), part.Proof, int64(part.Values)}
	}
	for i, layer := range k.Layers {
		parts := make([]any, len(layer))
		for j, part := range layer {
			parts[j] = []any{part.Node.tree(), part.Proof}
		}
		layers[i] = parts
	}
	return canonical.Encode([]any{"bulwark-book-kept", int64(2), values, batches, layers})
}

func parseKept(encoded []byte) (*Kept, error) {
	root, document := canonical.Decode(encoded, refusal.Request, "kept")
	if document.Fault() != nil {
		return nil, document.Fault()
	}
	f := root.Schema("bulwark-book-kept", 2, "values", "batches", "layers")
	kept := &Kept{}
	for _, item := range f[0].Items() {
		kept.Values = append(kept.Values, readValues(item))
	}
	for _, item := range f[1].Items() {
		fields := item.Tuple("node", "proof", "values")
		kept.Batches = append(kept.Batches, keptPart{Node: readNode(fields[0]), Proof: fields[1].Bytes(), Values: int(fields[2].Int(0, math.MaxInt32))})
	}
	for _, layer := range f[2].Items() {
		parts := []keptPart{}
		for _, item := range layer.Items() {
			fields := item.Tuple("node", "proof")
			parts = append(parts, keptPart{Node: readNode(fields[0]), Proof: fields[1].Bytes()})
		}
		kept.Layers = append(kept.Layers, parts)
	}
	return kept, document.Fault()
}
