package book

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/tree"
	"bulwark.io/circuits/refusal"
)

// house is a drawn book: its batches from the left and the epoch that seals its accounts.
type house struct {
	requests []BatchRequest
	nodes    []Node
	leaves   map[int64]fr.Element
	totals   Totals
}

// drawHouse draws so many batches of the spot shape over one list of values, the second without accounts.
func drawHouse(t testing.TB, random *rand.Rand, batches int) house {
	h := house{leaves: map[int64]fr.Element{}, totals: noTotals(spot.Assets, 0)}
	values := randomValues(random, spot)
	for index := range batches {
		places := someOf(random, spot.Accounts(), 1, spot.Accounts())
		if index == 1 {
			places = nil
		}
		request := randomBatch(random, spot, int64(index), nil, 0)
		request.Values = values
		for _, place := range places {
			account := randomAccount(random, spot, values, int64(index*spot.Accounts()+place), 0)
			request.Accounts = append(request.Accounts, account)
			h.leaves[account.Number] = account.Hash()
		}
		h.requests = append(h.requests, request)
		h.nodes = append(h.nodes, batchOf(t, spot, request).Node)
		h.totals.add(h.nodes[index].Totals)
	}
	return h
}

// request asks for the top proof with exactly the reserves and the declaration that are needed.
func (h house) request(random *rand.Rand, nodes []Node) TopRequest {
	accounts := tree.New(top.Depth)
	accounts.Update(h.leaves)
	request := TopRequest{Nodes: nodes, Reserves: Reserves{Cash: h.totals.CashPlus.Int64()}, Shortfall: h.totals.ShortfallUnits().Int64(),
		Epoch: publicinput.EpochDocument{House: randomElement(random), Number: 1 + random.Int64N(1000), AccountRoot: accounts.Root(),
			TableRoot: randomElement(random)}}
	for row := 0; row < len(h.totals.Lines); row += 2 {
		request.Reserves.Assets = append(request.Reserves.Assets, h.totals.Lines[row])
	}
	return request
}

func topOf(t testing.TB, shape SumShape, request TopRequest) *TopAssignment {
	t.Helper()
	assignment, err := AssignTop(shape, request)
	if err != nil {
		t.Fatal(err)
	}
	return assignment
}

func TestShouldSumBatchesToTheSealedAccountRoot(t *testing.T) {
	random := rand.New(rand.NewPCG(41, 42))
	for _, batches := range []int{1, 3, 4} {
		h := drawHouse(t, random, batches)
		assignment := topOf(t, top, h.request(random, h.nodes))
		if !accepts(t, top, &assignment.Assignment) {
			t.Fatalf("%d batches must be accepted", batches)
		}
		said := publicinput.Statement{Tag: publicinput.TagBookTop, Amount: h.totals.ShortfallUnits().Int64(), Name: int64(len(h.leaves))}
		if assignment.Public[publicinput.StatementInput] != said.Element() {
			t.Fatalf("%d batches: every account must be counted", batches)
		}
	}
}

func TestShouldSumLayersOfLayers(t *testing.T) {
	random := rand.New(rand.NewPCG(43, 44))
	h := drawHouse(t, random, 7)
	var above []Node
	for index := range 2 {
		assignment, err := AssignSum(layer, SumRequest{Index: int64(index), Nodes: h.nodes[4*index : min(4*index+4, 7)], Blinding: randomElement(random)})
		if err != nil || !accepts(t, layer, assignment) {
			t.Fatalf("layer %d must be accepted: %v", index, err)
		}
		above = append(above, assignment.Node)
	}
	assignment := topOf(t, higher, h.request(random, above))
	if !accepts(t, higher, &assignment.Assignment) {
		t.Fatal("sums of batches must be accepted by the top")
	}
}

// topForgery changes what the top proof is made from, what the house publishes, and last the witness; the digests are made to fit.
type topForgery struct {
	name      string
	request   func(*TopRequest)
	published func(*Published)
	witness   func(*Top)
	keep      bool       // the digest of the children stays that of the proved batches
	statement func(*Top) // what he shows instead of what fits
}

// lend moves 2⁶³ from a published total to its neighbour in the packing: the packed sum is the same.
func lend(c *Top) {
	c.Published.Lines[0], c.Published.Lines[1] = minusOf(*new(fr.Element).SetUint64(1 << publicinput.Wide.Bits)), gadget.Signed(1)
}

var topForgeries = []topForgery{
	{name: "a published total less by one", published: func(p *Published) { p.Lines[0]-- }},
	{name: "a published debt more by one", published: func(p *Published) { p.Lines[1]++ }},
	{name: "positive cash less by one", published: func(p *Published) { p.CashPlus-- }},
	{name: "negative cash more by one", published: func(p *Published) { p.CashMinus++ }},
	{name: "a reserve below its liability", published: func(p *Published) { p.Reserves[2]-- }},
	{name: "cash not covered", published: func(p *Published) { p.CashReserve-- }},
	{name: "a debt as a reserve", published: func(p *Published) { p.Reserves[1] = 3 }},
	{name: "a reserve of r less one", witness: func(c *Top) { c.Published.Reserves[0] = gadget.Signed(-1) }},
	{name: "a total lent by its neighbour in the packing", witness: func(c *Top) {
		lent := [2]fr.Element{value(c.Published.Lines[0]), value(c.Published.Lines[1])}
		lend(c)
		for i := range lent {
			plus(&lent[i], value(c.Published.Lines[i]))
			c.Published.Lines[i] = lent[i]
		}
		c.Published.Reserves[0] = gadget.Signed(0)
	}},
	{name: "a total that holds its neighbour's", witness: func(c *Top) {
		held := product(value(c.Published.Lines[1]), *new(fr.Element).SetUint64(1 << publicinput.Wide.Bits))
		plus(&held, value(c.Published.Lines[0]))
		c.Published.Lines[0], c.Published.Lines[1] = held, gadget.Signed(0)
		c.Published.Reserves[0] = held
	}},
	{name: "a shortfall declared too small", request: func(r *TopRequest) { r.Shortfall-- }},
	{name: "a shortfall declared as −1", request: func(r *TopRequest) { r.Shortfall = -1 }},
	{name: "a shortfall declared beyond its range", witness: func(c *Top) { c.Shortfall = *new(fr.Element).SetUint64(1 << publishedBits) }},
	{name: "a shortfall of r less one", witness: func(c *Top) { c.Shortfall = gadget.Signed(-1) }},
	{name: "one account less", statement: func(c *Top) {
		less := value(c.Statement)
		minus(&less, power(publicinput.StatementNameOffset))
		c.Statement = less
	}},
	{name: "2³² accounts", request: func(r *TopRequest) { r.Nodes[0].Totals.Accounts += 1 << accountsBits }},
	{name: "accounts that make the statement another circuit's", request: func(r *TopRequest) {
		r.Nodes[0].Totals.Accounts = -1
	}, statement: func(c *Top) { c.Statement = publicinput.Statement{Tag: publicinput.TagFund}.Element() }},
	{name: "a shortfall that makes the statement another circuit's", witness: func(c *Top) {
		c.Shortfall = product(publicinput.Signed(publicinput.TagFund-publicinput.TagBookTop), inverseOf(1<<publicinput.StatementAmountOffset))
	}},
	{name: "the standing bit", statement: func(c *Top) {
		more := value(c.Statement)
		plus(&more, power(publicinput.StatementStandingOffset))
		c.Statement = more
	}},
	{name: "a challenge", statement: func(c *Top) { c.Challenge = gadget.Signed(1) }},
	{name: "a scope", statement: func(c *Top) { c.Scope = gadget.Signed(1) }},
	{name: "negative cash beyond its range", request: func(r *TopRequest) { r.Nodes[0].Totals.CashMinus = new(big.Int).Lsh(big.NewInt(1), publishedBits) },
		witness: func(c *Top) {
			var sum fr.Element
			for i := range c.Nodes {
				plus(&sum, value(c.Nodes[i].CashMinus))
			}
			c.Published.CashMinus = sum
		}},
	{name: "a batch left out", request: func(r *TopRequest) { r.Nodes = r.Nodes[:2] }},
	{name: "a batch counted as nothing under its own root", keep: true, request: func(r *TopRequest) {
		r.Nodes[2].Totals = noTotals(spot.Assets, 0)
	}},
	{name: "two batches changed over", request: func(r *TopRequest) { r.Nodes[0], r.Nodes[2] = r.Nodes[2], r.Nodes[0] }},
	{name: "a batch twice", request: func(r *TopRequest) { r.Nodes[1] = r.Nodes[0] }},
	{name: "accounts of another epoch", request: func(r *TopRequest) { r.Epoch.AccountRoot = publicinput.Signed(4711) }},
}

func TestShouldRejectForgeriesOfTheTop(t *testing.T) {
	random := rand.New(rand.NewPCG(45, 46))
	for _, forgery := range topForgeries {
		t.Run(forgery.name, func(t *testing.T) {
			h := drawHouse(t, random, 3)
			for h.totals.Shortfall.Sign() == 0 || h.totals.Lines[1] == 0 || h.totals.Lines[2] == 0 || h.totals.CashPlus.Sign() == 0 {
				h = drawHouse(t, random, 3)
			}
			request := h.request(random, h.nodes)
			sealed, honest, _ := sumOf(top, NewTop(top).Nodes, request.Nodes)
			if forgery.request != nil {
				forgery.request(&request)
			}
			circuit := NewTop(top)
			node, children, err := sumOf(top, circuit.Nodes, request.Nodes)
			if err != nil {
				t.Fatal(err)
			}
			published, err := PublishedOf(node.Totals, request.Reserves)
			if err != nil { // beyond what a house can publish: the witness says it
				published, _ = PublishedOf(sealed.Totals, request.Reserves)
			}
			if forgery.published != nil {
				forgery.published(&published)
			}
			assignment := fillTop(circuit, request, node, children, published)
			if forgery.witness != nil {
				forgery.witness(circuit)
			}
			if forgery.keep {
				children = honest
			}
			circuit.Totals, circuit.Statement = publishedDigest(children, &circuit.Published), fitting(circuit)
			if forgery.statement != nil {
				forgery.statement(circuit)
			}
			if accepts(t, top, &assignment.Assignment) {
				t.Fatal("the forgery must be rejected")
			}
		})
	}
}

// fitting is the statement that shortfall and nodes of a witness make, integers or not.
func fitting(c *Top) fr.Element {
	statement := product(value(c.Shortfall), power(publicinput.StatementAmountOffset))
	plus(&statement, publicinput.Signed(publicinput.TagBookTop))
	for i := range c.Nodes {
		plus(&statement, product(value(c.Nodes[i].Accounts), power(publicinput.StatementNameOffset)))
	}
	return statement
}

func power(bits uint) fr.Element {
	return *new(fr.Element).SetBigInt(new(big.Int).Lsh(big.NewInt(1), bits))
}

// publishedDigest is the digest of what a witness publishes, integers or not.
func publishedDigest(children fr.Element, p *PublishedInputs) fr.Element {
	elements := []fr.Element{children, value(p.CashPlus), value(p.CashMinus), value(p.CashReserve)}
	for _, list := range [][]frontend.Variable{p.Lines, p.LongPositions, p.Shorts, p.Paid, p.Reserves, p.PaidReserves} {
		packed := make([]fr.Element, publicinput.Wide.Elements(len(list)))
		for j, lots := range list {
			shift := new(big.Int).Lsh(big.NewInt(1), uint(publicinput.Wide.Bits*(j%publicinput.Wide.Slots)))
			plus(&packed[j/publicinput.Wide.Slots], product(value(lots), *new(fr.Element).SetBigInt(shift)))
		}
		elements = append(elements, packed...)
	}
	return publicinput.HashOf(publicinput.BookTotals, elements...)
}

func TestShouldSayWhichReserveIsTooSmall(t *testing.T) {
	random := rand.New(rand.NewPCG(47, 48))
	for code, change := range map[string]func(*TopRequest){
		"reserves[1]":       func(r *TopRequest) { r.Reserves.Assets[1]-- },
		"reserves.cash":     func(r *TopRequest) { r.Reserves.Cash-- },
		"shortfall":         func(r *TopRequest) { r.Shortfall-- },
		"epoch.accountRoot": func(r *TopRequest) { r.Epoch.AccountRoot = publicinput.Signed(1) },
		"nodes":             func(r *TopRequest) { r.Nodes = append(r.Nodes, r.Nodes...) },
	} {
		h := drawHouse(t, random, 3)
		request := h.request(random, h.nodes)
		change(&request)
		if _, err := AssignTop(top, request); err == nil || refusal.Of(err).Where != code {
			t.Errorf("want a refusal of %s, have %v", code, err)
		}
	}
}

// paidTop is a top over one batch of the full shape, which holds paid lots.
var paidTop = SumShape{Assets: full.Assets, Instruments: full.Instruments, Height: full.Levels, Fan: 1, Depth: 2}

func paidHouse(t *testing.T, random *rand.Rand) (TopRequest, Totals) {
	t.Helper()
	request := randomBatch(random, full, 0, everyPlace, 2)
	accounts, leaves := tree.New(paidTop.Depth), map[int64]fr.Element{}
	for _, account := range request.Accounts {
		leaves[account.Number] = account.Hash()
	}
	accounts.Update(leaves)
	node := batchOf(t, full, request).Node
	top := TopRequest{Nodes: []Node{node}, Shortfall: node.Totals.ShortfallUnits().Int64(),
		Epoch:    publicinput.EpochDocument{House: randomElement(random), Number: 3, AccountRoot: accounts.Root()},
		Reserves: Reserves{Cash: node.Totals.CashPlus.Int64(), Instruments: append([]int64{}, node.Totals.Paid...)}}
	for row := 0; row < len(node.Totals.Lines); row += 2 {
		top.Reserves.Assets = append(top.Reserves.Assets, node.Totals.Lines[row])
	}
	return top, node.Totals
}

func TestShouldAskAReserveOfPaidLotsInKind(t *testing.T) {
	random := rand.New(rand.NewPCG(71, 72))
	request, totals := paidHouse(t, random)
	if assignment := topOf(t, paidTop, request); !accepts(t, paidTop, &assignment.Assignment) {
		t.Fatal("a reserve of exactly the paid lots must be accepted")
	}
	for row, owed := range totals.Paid {
		if owed == 0 {
			t.Fatal("every instrument must be owed, or the test tests less")
		}
		request, _ := paidHouse(t, rand.New(rand.NewPCG(71, 72)))
		request.Reserves.Instruments[row]--
		request.Reserves.Cash += 1 << 40 // money does not stand for lots
		if _, err := AssignTop(paidTop, request); err == nil || refusal.Of(err).Where != fmt.Sprintf("reserves.instruments[%d]", row) {
			t.Fatalf("one lot short of instrument %d must be refused by name; have %v", row, err)
		}
		circuit := NewTop(paidTop)
		node, children, err := sumOf(paidTop, circuit.Nodes, request.Nodes)
		if err != nil {
			t.Fatal(err)
		}
		published, _ := PublishedOf(node.Totals, request.Reserves)
		if accepts(t, paidTop, &fillTop(circuit, request, node, children, published).Assignment) {
			t.Fatalf("one lot short of instrument %d must be rejected by the circuit", row)
		}
		published.Paid = append([]int64{}, published.Paid...)
		published.Paid[row]--
		circuit = NewTop(paidTop)
		if _, _, err := sumOf(paidTop, circuit.Nodes, request.Nodes); err != nil {
			t.Fatal(err)
		}
		if accepts(t, paidTop, &fillTop(circuit, request, node, children, published).Assignment) {
			t.Fatalf("a paid lot of instrument %d that is not published must be rejected", row)
		}
	}
}

// A reserve one lot short of what is owed, that 2⁶³ of the reserve beside it in the packing make good.
func TestShouldRejectAReserveLentByItsNeighbour(t *testing.T) {
	request, totals := paidHouse(t, rand.New(rand.NewPCG(73, 74)))
	circuit := NewTop(paidTop)
	node, children, err := sumOf(paidTop, circuit.Nodes, request.Nodes)
	if err != nil {
		t.Fatal(err)
	}
	published, _ := PublishedOf(node.Totals, request.Reserves)
	assignment := fillTop(circuit, request, node, children, published)
	lent := *new(fr.Element).SetUint64(1 << publicinput.Wide.Bits)
	plus(&lent, publicinput.Signed(totals.Paid[0]-1))
	circuit.Published.PaidReserves[0] = lent
	circuit.Totals, circuit.Statement = publishedDigest(children, &circuit.Published), fitting(circuit)
	if accepts(t, paidTop, &assignment.Assignment) {
		t.Fatal("a reserve beyond its range must be rejected")
	}
}
