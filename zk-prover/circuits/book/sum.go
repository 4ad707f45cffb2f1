package book

import (
	"math/big"

	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/tree"
)

// Sum is one layer: "these nodes stand side by side, and what this commitment hides is the root above them and the sum of their totals".
// A node without accounts is the known commitment to nothing (EmptyNode), so a layer has no special case for it.
type Sum struct {
	// PUBLIC INPUTS, in the order of publicinput.
	Node      frontend.Variable `gnark:",public"`
	Challenge frontend.Variable `gnark:",public"` // 0
	Scope     frontend.Variable `gnark:",public"` // 0
	Children  frontend.Variable `gnark:",public"` // H_16(26; the nodes that are summed)
	Statement frontend.Variable `gnark:",public"` // tag, levels of the subtree that is summed, its place among those of its height

	// SECRET INPUTS
	Index    frontend.Variable
	Blinding frontend.Variable
	Nodes    []NodeInputs

	shape SumShape
}

// NodeInputs open a commitment.
type NodeInputs struct {
	Root, Blinding                frontend.Variable
	Accounts, CashPlus, CashMinus frontend.Variable
	Shortfall                     frontend.Variable   // 10⁻⁶ u
	Lines, LongPositions, Shorts  []frontend.Variable // packed totals
	Paid                          []frontend.Variable
}

func newNode(shape SumShape) NodeInputs {
	positions := publicinput.Wide.Elements(shape.Instruments)
	return NodeInputs{Lines: make([]frontend.Variable, publicinput.Wide.Elements(2*shape.Assets)),
		LongPositions: make([]frontend.Variable, positions), Shorts: make([]frontend.Variable, positions),
		Paid: make([]frontend.Variable, positions)}
}

// totals are the parts of a node that are added up; every packed slot of a batch is ranged below 2⁴², and no tree has 2²⁰ batches.
func (n *NodeInputs) totals() []*frontend.Variable {
	parts := []*frontend.Variable{&n.Accounts, &n.CashPlus, &n.CashMinus, &n.Shortfall}
	for _, list := range [][]frontend.Variable{n.Lines, n.LongPositions, n.Shorts, n.Paid} {
		for i := range list {
			parts = append(parts, &list[i])
		}
	}
	return parts
}

func (n *NodeInputs) hash(hasher *gadget.Hasher) (frontend.Variable, error) {
	elements := []frontend.Variable{n.Root, n.Blinding}
	for _, total := range n.totals() {
		elements = append(elements, *total)
	}
	return hasher.Hash(publicinput.BookNode, elements...)
}

// NewSum is the circuit of a shape whose Depth is 0, to compile or to assign.
func NewSum(shape SumShape) *Sum { return &Sum{shape: shape, Nodes: newNodes(shape)} }

func newNodes(shape SumShape) []NodeInputs {
	nodes := make([]NodeInputs, shape.Children())
	for i := range nodes {
		nodes[i] = newNode(shape)
	}
	return nodes
}

// Define reads as the claim.
func (s *Sum) Define(api frontend.API) error {
	hasher, ranges := gadget.NewHasher(api), gadget.NewRanges(api)
	ranges.Below(s.Index, indexBits)
	api.AssertIsEqual(s.Challenge, 0)
	api.AssertIsEqual(s.Scope, 0)
	fixed := publicinput.Statement{Tag: publicinput.TagBookSum, Choice: int64(s.shape.Height + s.shape.Fan)}
	api.AssertIsEqual(s.Statement, api.Add(fixed.Element(), api.Mul(s.Index, gadget.Power(publicinput.StatementAmountOffset))))
	sum, children, err := sumNodes(api, hasher, s.shape, s.Nodes)
	if err != nil {
		return err
	}
	api.AssertIsEqual(children, s.Children)
	sum.Blinding = s.Blinding
	node, err := sum.hash(hasher)
	api.AssertIsEqual(node, s.Node)
	return err
}

// sumNodes opens the children, and gives their digest and the node above them, not yet blinded. Packed totals are added packed: slots
// of 63 bits hold the sums of all batches of a tree, so no slot runs into its neighbour.
func sumNodes(api frontend.API, hasher *gadget.Hasher, shape SumShape, nodes []NodeInputs) (*NodeInputs, frontend.Variable, error) {
	commitments, roots := make([]frontend.Variable, len(nodes)), make([]frontend.Variable, len(nodes))
	sum := newNode(shape)
	for _, total := range sum.totals() {
		*total = 0
	}
	for i := range nodes {
		commitment, err := nodes[i].hash(hasher)
		if err != nil {
			return nil, nil, err
		}
		commitments[i], roots[i] = commitment, nodes[i].Root
		totals := sum.totals()
		for j, total := range nodes[i].totals() {
			*totals[j] = api.Add(*totals[j], *total)
		}
	}
	children, err := hasher.Hash(publicinput.BookChildren, commitments...)
	if err != nil {
		return nil, nil, err
	}
	sum.Root, err = subtree(hasher, roots)
	return &sum, children, err
}

// Top is the claim about the house: "the nodes below are the whole sealed account tree, their totals are the published ones, no liability
// exceeds its reserve, and no more than the declared shortfall is missing".
type Top struct {
	// PUBLIC INPUTS, in the order of publicinput.
	Seal      frontend.Variable `gnark:",public"` // epoch digest
	Challenge frontend.Variable `gnark:",public"` // 0
	Scope     frontend.Variable `gnark:",public"` // 0
	Totals    frontend.Variable `gnark:",public"` // digest of the nodes below, the published totals and the reserves
	Statement frontend.Variable `gnark:",public"` // tag, declared shortfall, number of accounts

	// SECRET INPUTS
	Shortfall frontend.Variable // declared, u
	Epoch     [publicinput.EpochElements]frontend.Variable
	Nodes     []NodeInputs
	Published PublishedInputs

	shape SumShape
}

// PublishedInputs are what the house publishes: lots by row of the values, cash in u.
type PublishedInputs struct {
	CashPlus, CashMinus, CashReserve frontend.Variable
	Lines, Reserves                  []frontend.Variable // by row of the lines; a reserve of a debt row is 0
	LongPositions, Shorts            []frontend.Variable
	Paid, PaidReserves               []frontend.Variable // by row of the instruments
}

// NewTop is the circuit of a shape whose Depth is above 0.
func NewTop(shape SumShape) *Top {
	return &Top{shape: shape, Nodes: newNodes(shape), Published: PublishedInputs{
		Lines: make([]frontend.Variable, 2*shape.Assets), Reserves: make([]frontend.Variable, 2*shape.Assets),
		LongPositions: make([]frontend.Variable, shape.Instruments), Shorts: make([]frontend.Variable, shape.Instruments),
		Paid: make([]frontend.Variable, shape.Instruments), PaidReserves: make([]frontend.Variable, shape.Instruments)}}
}

// Define reads as the claim.
func (t *Top) Define(api frontend.API) error {
	hasher, ranges := gadget.NewHasher(api), gadget.NewRanges(api)
	seal, err := hasher.Hash(publicinput.Epoch, t.Epoch[:]...)
	if err != nil {
		return err
	}
	api.AssertIsEqual(seal, t.Seal)
	sum, children, err := sumNodes(api, hasher, t.shape, t.Nodes)
	if err != nil {
		return err
	}
	root, err := t.accountRoot(hasher, sum.Root)
	if err != nil {
		return err
	}
	api.AssertIsEqual(root, t.Epoch[publicinput.EpochAccountRoot])
	ranges.Below(t.Shortfall, publishedBits)
	ranges.Below(api.Sub(api.Mul(gadget.Million, t.Shortfall), sum.Shortfall), magnitudeBits)
	t.statement(api, ranges, sum)
	return t.totalsArePublished(api, hasher, ranges, sum, children)
}

// statement: both of its fields are ranged here, the shortfall above, whatever the layers below have asserted of the accounts.
func (t *Top) statement(api frontend.API, ranges *gadget.Ranges, sum *NodeInputs) {
	ranges.Below(sum.Accounts, accountsBits)
	api.AssertIsEqual(t.Challenge, 0)
	api.AssertIsEqual(t.Scope, 0)
	api.AssertIsEqual(t.Statement, api.Add(publicinput.TagBookTop, api.Mul(t.Shortfall, gadget.Power(publicinput.StatementAmountOffset)),
		api.Mul(sum.Accounts, gadget.Power(publicinput.StatementNameOffset))))
}

// accountRoot: the summed subtree is the leftmost of its height; everything to its right is empty.
func (t *Top) accountRoot(hasher *gadget.Hasher, node frontend.Variable) (frontend.Variable, error) {
	empty := tree.New(t.shape.Depth)
	var err error
	for level := t.shape.Depth - t.shape.Height - t.shape.Fan; level > 0 && err == nil; level-- {
		sibling := empty.Node(level, 0)
		node, err = hasher.Node([4]frontend.Variable{node, sibling, sibling, sibling})
	}
	return node, err
}

// totalsArePublished: every published total is ranged before it is packed, so packed totals that agree agree slot by slot; a reserve is at
// least its liability, paid lots in lots of the same instrument. Even rows are collateral, odd rows the debt of the same asset: a debt covers nothing and needs no reserve.
func (t *Top) totalsArePublished(api frontend.API, hasher *gadget.Hasher, ranges *gadget.Ranges, sum *NodeInputs,
	children frontend.Variable) error {
	published := &t.Published
	covered := func(reserve, liability frontend.Variable) {
		ranges.Below(reserve, publishedBits)
		ranges.Below(api.Sub(reserve, liability), publishedBits)
	}
	for _, cash := range []frontend.Variable{published.CashPlus, published.CashMinus} {
		ranges.Below(cash, publishedBits)
	}
	api.AssertIsEqual(published.CashPlus, sum.CashPlus)
	api.AssertIsEqual(published.CashMinus, sum.CashMinus)
	covered(published.CashReserve, published.CashPlus)
	elements := []frontend.Variable{children, published.CashPlus, published.CashMinus, published.CashReserve}
	for _, list := range []struct{ totals, sums []frontend.Variable }{
		{published.Lines, sum.Lines}, {published.LongPositions, sum.LongPositions}, {published.Shorts, sum.Shorts},
		{published.Paid, sum.Paid},
	} {
		for _, total := range list.totals {
			ranges.Below(total, publishedBits-1)
		}
		packed := gadget.PackColumns(api, publicinput.Wide, list.totals)
		for i := range packed {
			api.AssertIsEqual(packed[i], list.sums[i])
		}
		elements = append(elements, packed...)
	}
	for j, reserve := range published.Reserves {
		if j%2 == 0 {
			covered(reserve, published.Lines[j])
		} else {
			api.AssertIsEqual(reserve, 0)
		}
	}
	for j, reserve := range published.PaidReserves {
		covered(reserve, published.Paid[j])
	}
	elements = append(elements, gadget.PackColumns(api, publicinput.Wide, published.Reserves)...)
	elements = append(elements, gadget.PackColumns(api, publicinput.Wide, published.PaidReserves)...)
	totals, err := hasher.Hash(publicinput.BookTotals, elements...)
	api.AssertIsEqual(totals, t.Totals)
	return err
}

// exceeds says whether a scaled shortfall is more than what is declared.
func exceeds(scaled *big.Int, declared int64) bool {
	limit := new(big.Int).Mul(big.NewInt(declared), big.NewInt(gadget.Million))
	return scaled.Cmp(limit) > 0
}
