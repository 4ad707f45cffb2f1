package book

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/account"
	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/plain/tree"
	"bulwark.io/circuits/refusal"
)

// BatchRequest asks for the proof of one batch.
type BatchRequest struct {
	Index    int64
	Accounts []publicinput.AccountLeaf // by number, all of them of this batch
	Values   Values
	Blinding fr.Element
}

// Assignment is a witness with its public inputs; Node is what the commitment hides, kept by the prover for the next layer.
type Assignment struct {
	Circuit frontend.Circuit
	Public  [publicinput.Count]fr.Element
	Node    Node
}

// AssignBatch fills a witness, or names what has no proof in this shape. What passes here satisfies the circuit.
func AssignBatch(shape Shape, request BatchRequest) (*Assignment, error) {
	if err := request.Values.fits(shape); err != nil {
		return nil, err
	}
	b := &batchAssigner{circuit: NewBatch(shape), shape: shape, values: request.Values, totals: noTotals(shape.Assets, shape.Instruments),
		lineCounts: make([]int64, shape.lineRows()), instrumentCounts: make([]int64, shape.instrumentRows()),
		paidCounts: make([]int64, shape.instrumentRows())}
	if request.Index < 0 || request.Index >= 1<<shape.indexBits() {
		return nil, refusal.New(refusal.Request, "OUT_OF_RANGE", "index")
	}
	if err := shape.Format.CheckAccounts(request.Accounts); err != nil {
		return nil, err
	}
	first := request.Index * int64(shape.Accounts())
	leaves, at := map[int64]fr.Element{}, 0
	for t := range b.circuit.Accounts {
		var account *publicinput.AccountLeaf
		if at < len(request.Accounts) && request.Accounts[at].Number == first+int64(t) {
			account = &request.Accounts[at]
			leaves[int64(t)] = account.Hash()
			at++
		}
		if err := b.account(&b.circuit.Accounts[t], account); err != nil {
			return nil, err
		}
	}
	if at < len(request.Accounts) {
		return nil, refusal.New(refusal.Request, "OUT_OF_RANGE", "accounts[%d].number", at)
	}
	b.rows()
	subtree := tree.New(shape.Levels)
	subtree.Update(leaves)
	node := Node{Root: subtree.Root(), Blinding: request.Blinding, Totals: b.totals}
	c := b.circuit
	c.Blinding, c.Residual = request.Blinding, publicinput.Signed(request.Values.Residual)
	c.Index.SetInt(request.Index, indexBits+indexSpare)
	public := shape.public(request.Index, node.Commitment(), request.Values.Digest(shape))
	assign(public, &c.Node, &c.Challenge, &c.Scope, &c.Values, &c.Statement)
	return &Assignment{Circuit: c, Public: public, Node: node}, nil
}

// public are the inputs of a batch: what a verifier makes himself.
func (s Shape) public(index int64, node, values fr.Element) [publicinput.Count]fr.Element {
	return [publicinput.Count]fr.Element{publicinput.SealInput: node, publicinput.NullifierInput: values,
		publicinput.StatementInput: publicinput.Statement{Tag: publicinput.TagBookBatch, Choice: int64(s.Levels), Amount: index}.Element()}
}

// public are the inputs of a sum.
func (s SumShape) public(index int64, node, children fr.Element) [publicinput.Count]fr.Element {
	return [publicinput.Count]fr.Element{publicinput.SealInput: node, publicinput.NullifierInput: children,
		publicinput.StatementInput: publicinput.Statement{Tag: publicinput.TagBookSum, Choice: int64(s.Height + s.Fan), Amount: index}.Element()}
}

// topPublic are the inputs of the top.
func topPublic(epoch publicinput.EpochDocument, shortfall, accounts int64, totals fr.Element) [publicinput.Count]fr.Element {
	return [publicinput.Count]fr.Element{publicinput.SealInput: epoch.Digest(), publicinput.NullifierInput: totals,
		publicinput.StatementInput: publicinput.Statement{Tag: publicinput.TagBookTop, Amount: shortfall, Name: accounts}.Element()}
}

func assign(public [publicinput.Count]fr.Element, inputs ...*frontend.Variable) {
	for i, input := range inputs {
		*input = public[i]
	}
}

type batchAssigner struct {
	circuit                                  *Batch
	shape                                    Shape
	values                                   Values
	totals                                   Totals
	lineCounts, instrumentCounts, paidCounts []int64
}

// account fills one place; nil is a place without account.
func (b *batchAssigner) account(inputs *AccountInputs, leaf *publicinput.AccountLeaf) error {
	inputs.Present = gadget.Bit(leaf != nil)
	if leaf == nil {
		leaf = &publicinput.AccountLeaf{}
	} else {
		b.totals.Accounts++
	}
	if leaf.Cash <= -1<<cashBits || leaf.Cash >= 1<<cashBits {
		return refusal.New(refusal.Account, "TOO_LARGE", "accounts.cash")
	}
	inputs.Owner, inputs.Salt = leaf.Owner, leaf.Salt
	account.FillStandings(inputs.Standings, leaf.Standings)
	inputs.Positive = gadget.Bit(leaf.Cash >= 0)
	plus, minus := big.NewInt(max(leaf.Cash, 0)), big.NewInt(max(-leaf.Cash, 0))
	inputs.Cash.Set(new(big.Int).Add(plus, minus), cashBits)
	b.totals.CashPlus.Add(b.totals.CashPlus, plus)
	b.totals.CashMinus.Add(b.totals.CashMinus, minus)
	value := new(big.Int).Set(plus)
	if err := b.lines(inputs, leaf.Lines, value); err != nil {
		return err
	}
	if err := b.positions(inputs, leaf.Positions, value); err != nil {
		return err
	}
	if err := b.paid(inputs, leaf.Paid); err != nil {
		return err
	}
	value.Mul(value, big.NewInt(risktable.Million))
	value.Sub(value, minus.Mul(minus, big.NewInt(risktable.Million+b.values.Residual)))
	inputs.Solvent = gadget.Bit(value.Sign() >= 0)
	if value.Sign() < 0 {
		b.totals.Shortfall.Sub(b.totals.Shortfall, value)
	}
	inputs.Equity.Set(value.Abs(value), magnitudeBits)
	return nil
}

func (b *batchAssigner) lines(inputs *AccountInputs, lines []publicinput.Entry, value *big.Int) error {
	if len(lines) > b.shape.Lines {
		return refusal.New(refusal.Account, "NO_PROOF_IN_THIS_SHAPE", "accounts.lines")
	}
	inputs.LineCount.SetInt(int64(len(lines)), gadget.NarrowLimb)
	for i := range inputs.Lines {
		slot, row := &inputs.Lines[i], 2*b.shape.Assets+i
		entry, line := publicinput.Entry{}, LineValue{}
		slot.Word = gadget.Signed(0)
		if i < len(lines) {
			var listed bool
			entry = lines[i]
			if row, listed = b.values.lineRow(entry.Key); !listed {
				return refusal.New(refusal.Account, "UNKNOWN_ID", "accounts.lines[%d].number", i)
			}
			line = b.values.Lines[row]
			slot.Word = keyWordOf(entry.Key)
			b.totals.Lines[row] += entry.Lots
		}
		b.lineCounts[row]++
		slot.Row, slot.Value = gadget.Signed(int64(row)), gadget.Signed(line.Value)
		slot.Lots.SetInt(entry.Lots, lotsBits)
		addProduct(value, entry.Lots, line.Value)
		for t := range slot.Tiers {
			tier := line.tier(t)
			beyond := max(0, entry.Lots-tier.Threshold)
			slot.Tiers[t].Threshold, slot.Tiers[t].Slope = gadget.Signed(tier.Threshold), gadget.Signed(tier.Slope)
			slot.Tiers[t].Beyond.SetInt(beyond, lotsBits)
			slot.Tiers[t].Short.SetInt(beyond-entry.Lots+tier.Threshold, keyBits)
			addProduct(value, beyond, -tier.Slope)
		}
	}
	return nil
}

func (b *batchAssigner) positions(inputs *AccountInputs, positions []publicinput.Entry, value *big.Int) error {
	if len(positions) > b.shape.Positions {
		return refusal.New(refusal.Account, "NO_PROOF_IN_THIS_SHAPE", "accounts.positions")
	}
	if b.shape.Positions > 0 {
		inputs.PositionCount.SetInt(int64(len(positions)), gadget.NarrowLimb)
	}
	for i := range inputs.Positions {
		slot, row := &inputs.Positions[i], b.shape.Instruments+i
		entry, listedValue := publicinput.Entry{}, InstrumentValue{}
		slot.Word = gadget.Signed(0)
		if i < len(positions) {
			var listed bool
			entry = positions[i]
			if row, listed = b.values.instrumentRow(entry.Key); !listed {
				return refusal.New(refusal.Account, "UNKNOWN_ID", "accounts.positions[%d].number", i)
			}
			listedValue = b.values.Instruments[row]
			slot.Word = keyWordOf(entry.Key)
			b.totals.Long[row] += max(entry.Lots, 0)
			b.totals.Short[row] += max(-entry.Lots, 0)
		}
		b.instrumentCounts[row]++
		slot.Row, slot.Value, slot.Short = gadget.Signed(int64(row)), gadget.Signed(listedValue.Long), gadget.Signed(listedValue.Short)
		slot.Long = gadget.Bit(entry.Lots >= 0)
		slot.Size.SetInt(max(entry.Lots, -entry.Lots), lotsBits)
		addProduct(value, max(entry.Lots, 0), listedValue.Long)
		addProduct(value, max(-entry.Lots, 0), -listedValue.Short)
	}
	return nil
}

// paid fills the slots of a paid list.
func (b *batchAssigner) paid(inputs *AccountInputs, paid []publicinput.Entry) error {
	if len(paid) > b.shape.Paid {
		return refusal.New(refusal.Account, "NO_PROOF_IN_THIS_SHAPE", "accounts.paid")
	}
	if b.shape.Paid > 0 {
		inputs.PaidCount.SetInt(int64(len(paid)), gadget.NarrowLimb)
	}
	for i := range inputs.Paid {
		slot, row, further := &inputs.Paid[i], b.shape.Instruments+i, int64(0)
		slot.Word = gadget.Signed(0)
		if i < len(paid) {
			var listed bool
			if row, listed = b.values.instrumentRow(paid[i].Key); !listed {
				return refusal.New(refusal.Account, "UNKNOWN_ID", "accounts.paid[%d].number", i)
			}
			if paid[i].Lots < 1 {
				return refusal.New(refusal.Account, "OUT_OF_RANGE", "accounts.paid[%d].lots", i)
			}
			further = paid[i].Lots - 1
			slot.Word = firstLotOf(paid[i].Key)
			b.totals.Paid[row] += paid[i].Lots
		}
		b.paidCounts[row]++
		slot.Row = gadget.Signed(int64(row))
		slot.Further.SetInt(further, lotsBits)
	}
	return nil
}

// firstLotOf is the word of one lot.
func firstLotOf(key int64) frontend.Variable {
	return *new(fr.Element).SetUint64(uint64(key)<<keyBits + 1<<lotsBits + 1)
}

func addProduct(sum *big.Int, a, b int64) {
	sum.Add(sum, new(big.Int).Mul(big.NewInt(a), big.NewInt(b)))
}

// keyWordOf is key·2³² + 2³¹.
func keyWordOf(key int64) frontend.Variable {
	return *new(fr.Element).SetUint64(uint64(key)<<keyBits + 1<<lotsBits)
}

// rows fills the lists of values and what the batch has in each row.
func (b *batchAssigner) rows() {
	for j := range b.circuit.Lines {
		row, line, total := &b.circuit.Lines[j], LineValue{}, int64(0)
		active := j < len(b.values.Lines)
		if active {
			line, total = b.values.Lines[j], b.totals.Lines[j]
		}
		b.row(row, active, line.Key, line.Value, total, b.lineCounts[j])
		for t := range row.Tiers {
			tier := line.tier(t)
			row.Tiers[t].Threshold.SetInt(tier.Threshold, lotsBits)
			row.Tiers[t].Slope.SetInt(tier.Slope, lotsBits)
		}
	}
	for j := range b.circuit.Instruments {
		row, value, long, short, paid := &b.circuit.Instruments[j], InstrumentValue{}, int64(0), int64(0), int64(0)
		active := j < len(b.values.Instruments)
		if active {
			value, long, short, paid = b.values.Instruments[j], b.totals.Long[j], b.totals.Short[j], b.totals.Paid[j]
		}
		if j < b.shape.paidRows() {
			if active {
				paid -= b.paidCounts[j]
			}
			row.Paid.SetInt(paid, totalBits)
			row.PaidCount.SetInt(b.paidCounts[j], countBits)
		}
		b.row(row, active, value.Number, value.Long, long, b.instrumentCounts[j])
		row.Short.SetInt(shifted(active, value.Short), keyBits)
		row.Shorts.SetInt(short, totalBits)
	}
}

func (b *batchAssigner) row(row *RowInputs, active bool, key, value, total, count int64) {
	row.Active = gadget.Bit(active)
	row.Key.SetInt(key, keyBits)
	row.Value.SetInt(shifted(active, value), keyBits)
	row.Total.SetInt(total, totalBits)
	row.Count.SetInt(count, countBits)
}

func shifted(active bool, value int64) int64 {
	if active {
		return value + 1<<lotsBits
	}
	return 0
}

// SumRequest asks for the proof of a layer: its nodes from the left; further places are empty.
type SumRequest struct {
	Index    int64
	Nodes    []Node
	Blinding fr.Element
}

// AssignSum fills the witness of a layer.
func AssignSum(shape SumShape, request SumRequest) (*Assignment, error) {
	c := NewSum(shape)
	node, children, err := sumOf(shape, c.Nodes, request.Nodes)
	if err != nil {
		return nil, err
	}
	if request.Index < 0 || request.Index >= 1<<indexBits {
		return nil, refusal.New(refusal.Request, "OUT_OF_RANGE", "index")
	}
	node.Blinding, c.Blinding = request.Blinding, request.Blinding
	c.Index = gadget.Signed(request.Index)
	public := shape.public(request.Index, node.Commitment(), children)
	assign(public, &c.Node, &c.Challenge, &c.Scope, &c.Children, &c.Statement)
	return &Assignment{Circuit: c, Public: public, Node: node}, nil
}

// sumOf fills the opened nodes and gives the node above them.
func sumOf(shape SumShape, inputs []NodeInputs, nodes []Node) (Node, fr.Element, error) {
	if len(nodes) > len(inputs) {
		return Node{}, fr.Element{}, refusal.New(refusal.Account, "NO_PROOF_IN_THIS_SHAPE", "nodes")
	}
	sum := Node{Totals: noTotals(shape.Assets, shape.Instruments)}
	roots, commitments := map[int64]fr.Element{}, make([]fr.Element, len(inputs))
	for i := range inputs {
		node := EmptyNode(shape.Assets, shape.Instruments, shape.Height)
		if i < len(nodes) {
			node = nodes[i]
		}
		if len(node.Totals.Lines) != len(sum.Totals.Lines) || len(node.Totals.Long) != len(sum.Totals.Long) {
			return Node{}, fr.Element{}, refusal.New(refusal.Request, "BAD_SHAPE", "nodes[%d]", i)
		}
		inputs[i].Root, inputs[i].Blinding = node.Root, node.Blinding
		for j, total := range node.totals() {
			*inputs[i].totals()[j] = total
		}
		sum.Totals.add(node.Totals)
		roots[int64(i)], commitments[i] = node.Root, node.Commitment()
	}
	above := tree.New(shape.Fan)
	above.Update(roots)
	sum.Root = above.Root()
	return sum, ChildrenDigest(commitments), nil
}

// TopRequest asks for the proof of the house.
type TopRequest struct {
	Epoch     publicinput.EpochDocument
	Nodes     []Node
	Shortfall int64 // declared, u
	Reserves  Reserves
}

// TopAssignment is the witness of the top layer and what the house publishes.
type TopAssignment struct {
	Assignment
	Published Published
}

// AssignTop fills the witness of the top layer, or says which reserve or declaration is too small.
func AssignTop(shape SumShape, request TopRequest) (*TopAssignment, error) {
	c := NewTop(shape)
	node, children, err := sumOf(shape, c.Nodes, request.Nodes)
	if err != nil {
		return nil, err
	}
	if accountRoot(shape, node.Root) != request.Epoch.AccountRoot {
		return nil, refusal.New(refusal.Account, "LEAF_NOT_IN_TREE", "epoch.accountRoot")
	}
	if node.Totals.Accounts >= 1<<accountsBits {
		return nil, refusal.New(refusal.Account, "TOO_LARGE", "totals")
	}
	if request.Shortfall < 0 || exceeds(node.Totals.Shortfall, request.Shortfall) {
		return nil, refusal.New(refusal.Claim, "CLAIM_NOT_MET", "shortfall")
	}
	published, err := PublishedOf(node.Totals, request.Reserves)
	if err != nil {
		return nil, err
	}
	return fillTop(c, request, node, children, published), nil
}

// fillTop writes what is published and the epoch beside the opened nodes.
func fillTop(c *Top, request TopRequest, node Node, children fr.Element, published Published) *TopAssignment {
	for i, sealed := range request.Epoch.Elements() {
		c.Epoch[i] = sealed
	}
	p := &c.Published
	p.CashPlus, p.CashMinus, p.CashReserve = gadget.Signed(published.CashPlus), gadget.Signed(published.CashMinus), gadget.Signed(published.CashReserve)
	for _, list := range []struct {
		inputs []frontend.Variable
		lots   []int64
	}{{p.Lines, published.Lines}, {p.Reserves, published.Reserves}, {p.LongPositions, published.Long}, {p.Shorts, published.Short},
		{p.Paid, published.Paid}, {p.PaidReserves, published.PaidReserves}} {
		for i := range list.inputs {
			list.inputs[i] = gadget.Signed(list.lots[i])
		}
	}
	c.Shortfall = gadget.Signed(request.Shortfall)
	public := topPublic(request.Epoch, request.Shortfall, node.Totals.Accounts, published.Digest(children))
	assign(public, &c.Seal, &c.Challenge, &c.Scope, &c.Totals, &c.Statement)
	return &TopAssignment{Assignment: Assignment{Circuit: c, Public: public, Node: node}, Published: published}
}

// accountRoot is the root of the account tree whose leftmost subtree is given and whose rest is empty.
func accountRoot(shape SumShape, node fr.Element) fr.Element {
	empty := tree.New(shape.Depth)
	for level := shape.Depth - shape.Height - shape.Fan; level > 0; level-- {
		sibling := empty.Node(level, 0)
		node = publicinput.Node(node, sibling, sibling, sibling)
	}
	return node
}
