package contagion

import (
	"cmp"
	"math/big"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/account"
	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/fund"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/plain/tariff"
	"bulwark.io/circuits/refusal"
)

// Request asks for the certificate of one epoch's vectors.
type Request struct {
	Epoch    publicinput.EpochDocument
	Terms    *Terms
	Accounts []publicinput.AccountLeaf // by number, every one of the epoch
	Margins  []publicinput.MarginLeaf  // of the same accounts
}

// Assignment is a witness with its public inputs. Flows are what accounts are forced to trade at the certified vectors, by scenario and
// component, µ$.
type Assignment struct {
	Circuit *Circuit
	Public  [publicinput.Count]fr.Element
	Flows   [][]int64
}

// Assign fills a witness, or says why there is no proof. What passes here satisfies the circuit.
func Assign(shape Shape, request Request) (*Assignment, error) {
	assignment, err := fill(shape, request)
	if err != nil {
		return nil, err
	}
	for s, flows := range assignment.Flows {
		for i, flow := range flows {
			if flow > request.Terms.Tariff.Scenarios[s].Rooms[i] {
				return nil, refusal.New(refusal.Claim, "CLAIM_NOT_MET", "tariff.certified[%d][%d]", s, i)
			}
		}
	}
	return assignment, nil
}

// fill fills a witness whether or not the vectors are certified.
func fill(shape Shape, request Request) (*Assignment, error) {
	a := &assigner{shape: shape, request: request, terms: request.Terms, circuit: New(shape)}
	if err := a.check(); err != nil {
		return nil, err
	}
	a.fillTerms()
	for t := range a.circuit.Accounts {
		if err := a.account(t); err != nil {
			return nil, err
		}
	}
	flows, err := a.merge()
	if err != nil {
		return nil, err
	}
	return &Assignment{Circuit: a.circuit, Public: a.public(), Flows: a.terms.flows(flows)}, nil
}

type assigner struct {
	shape    Shape
	request  Request
	terms    *Terms
	circuit  *Circuit
	accounts map[int64]int
	numbers  []int64 // of the members
	members  []cascade
	apart    [][][]int64 // flows of a member's accounts, by member, scenario and component
}

// cascade is an account, or a member merged: E and MM, losses by scenario, nets by place; u.
type cascade struct {
	equity, maintenance int64
	losses, nets        []int64
}

func (a *assigner) newCascade() cascade {
	return cascade{losses: make([]int64, a.shape.Scenarios), nets: make([]int64, a.shape.Places)}
}

// amountMax bounds every amount of an account, u: µ$ below 2⁵⁶, as the tariff counts them.
const amountMax = int64(1) << tariff.QuantityBits / microPerUnit

// check compares the request with shape and epoch.
func (a *assigner) check() error {
	request := a.request
	switch {
	case len(request.Margins) != len(request.Accounts):
		return refusal.New(refusal.Request, "WRONG_LENGTH", "request.margins")
	case a.terms.shape != a.shape:
		return refusal.New(refusal.Key, "TABLE_SHAPE_DIFFERS", "request.terms")
	case request.Epoch.BufferDigest.IsZero():
		return refusal.New(refusal.Account, "NO_BUFFER", "request.epoch.bufferDigest")
	case a.terms.Table.Root != request.Epoch.TableRoot:
		return refusal.New(refusal.Account, "TABLE_ROOT_DIFFERS", "request.epoch.tableRoot")
	case a.terms.Tariff.Digest != request.Epoch.BufferDigest:
		return refusal.New(refusal.Account, "BUFFER_DIFFERS", "request.epoch.bufferDigest")
	}
	if err := a.shape.Format.CheckAccounts(request.Accounts); err != nil {
		return err
	}
	last := int64(-1)
	a.accounts = map[int64]int{}
	for i, account := range request.Accounts {
		if account.Number <= last {
			return refusal.New(refusal.Account, "IDS_NOT_INCREASING", "request.accounts[%d].number", i)
		}
		if account.Number >= int64(a.shape.accounts()) || len(account.Positions) > a.shape.Positions || len(account.Lines) > a.shape.Lines {
			return refusal.New(refusal.Account, "NO_PROOF_IN_THIS_SHAPE", "request.accounts[%d]", i)
		}
		margin := request.Margins[i]
		if margin.Initial < 0 || margin.Initial >= amountMax || margin.Member < 0 || margin.Member >= 1<<keyBits {
			return refusal.New(refusal.Account, "OUT_OF_RANGE", "request.margins[%d]", i)
		}
		if holds(account) && margin == (publicinput.MarginLeaf{Number: margin.Number, Member: margin.Member, Salt: margin.Salt}) {
			return refusal.New(refusal.Account, "NO_MARGIN", "request.accounts[%d]", i)
		}
		last, a.accounts[account.Number] = account.Number, i
		a.numbers = append(a.numbers, request.Margins[i].Member)
	}
	if err := a.fillMembers(); err != nil {
		return err
	}
	return fund.Sealed(a.shape.Depth, request.Epoch, request.Accounts, request.Margins)
}

// holds says whether an account has anything that a margin would be computed of.
func holds(account publicinput.AccountLeaf) bool {
	return account.Cash != 0 || len(account.Positions) > 0 || len(account.Lines) > 0
}

// fillMembers sorts the members and fills the slots that are left with numbers between and behind them.
func (a *assigner) fillMembers() error {
	slices.Sort(a.numbers)
	a.numbers = slices.Compact(a.numbers)
	if len(a.numbers) > a.shape.Members {
		return refusal.New(refusal.Account, "NO_PROOF_IN_THIS_SHAPE", "request.members")
	}
	for free := int64(0); len(a.numbers) < a.shape.Members; free++ {
		if at, taken := slices.BinarySearch(a.numbers, free); !taken {
			a.numbers = slices.Insert(a.numbers, at, free)
		}
	}
	for range a.numbers {
		flows := make([][]int64, a.shape.Scenarios)
		for s := range flows {
			flows[s] = make([]int64, a.shape.sides())
		}
		a.members, a.apart = append(a.members, a.newCascade()), append(a.apart, flows)
	}
	return nil
}

func (a *assigner) fillTerms() {
	c, parameters := a.circuit, a.terms.Table.Parameters
	c.MaintenanceShare, c.CashFactor, c.Liquidated = gadget.Signed(parameters.Phi), gadget.Signed(risktable.Million+parameters.CashResidual), gadget.Signed(a.terms.Tariff.Span)
	for s, scenario := range a.terms.scenarios {
		for k := range c.Rates[s] {
			rise := a.shape.Groups + k
			c.Rates[s][k] = RateInputs{Down: gadget.Signed(scenario.Rates[k]), Up: gadget.Signed(scenario.Rates[rise]), Sales: gadget.Signed(scenario.Rooms[k]),
				Purchases: gadget.Signed(scenario.Rooms[rise])}
		}
	}
	for p, group := range a.terms.placeGroups() {
		c.PlaceGroups[p] = gadget.Signed(group)
	}
	for j := range c.Entries {
		entry, to := a.terms.entry(j), &c.Entries[j]
		to.Key = gadget.Signed(entry.key)
		for i, exposure := range entry.exposures {
			to.Exposures[i] = ExposureInputs{Place: gadget.Signed(int64(exposure.place)), Delta: gadget.Signed(exposure.delta + publicinput.BufferDeltaShift)}
		}
		for i, element := range a.terms.packed(entry) {
			to.Columns[i] = element
		}
	}
}

// account fills one place of the account tree and adds it to its member.
func (a *assigner) account(t int) error {
	inputs, leaf, margin := &a.circuit.Accounts[t], publicinput.AccountLeaf{}, publicinput.MarginLeaf{}
	i, present := a.accounts[int64(t)]
	if present {
		leaf, margin = a.request.Accounts[i], a.request.Margins[i]
	}
	inputs.Present, inputs.Owner, inputs.Salt = gadget.Bit(present), leaf.Owner, leaf.Salt
	inputs.Cash = gadget.Sides{Plus: gadget.Signed(max(0, leaf.Cash)), Minus: gadget.Signed(max(0, -leaf.Cash))}
	overdraft := ceil(max(0, -leaf.Cash), risktable.Million+a.terms.Table.Parameters.CashResidual, risktable.Million)
	inputs.Overdraft, inputs.Paid = element(overdraft), publicinput.ListHash(publicinput.PaidList, leaf.Paid)
	inputs.PositionCount, inputs.LineCount = gadget.Signed(int64(len(leaf.Positions))), gadget.Signed(int64(len(leaf.Lines)))
	fillSlots(inputs.Positions, leaf.Positions)
	fillSlots(inputs.Lines, leaf.Lines)
	maintenance := ceil(margin.Initial, a.terms.Table.Parameters.Phi, risktable.Million)
	inputs.Member, inputs.Margin, inputs.Maintenance = gadget.Signed(margin.Member), gadget.Signed(margin.Initial), element(maintenance)
	inputs.Buffer, inputs.MarginSalt = gadget.Signed(margin.Buffer), margin.Salt
	account.FillStandings(inputs.Standings, leaf.Standings)

	lots, err := a.lots(i, leaf)
	if err != nil {
		return err
	}
	columns, nets := newSums(a.shape.columns()), newSums(a.shape.Places)
	for j, held := range lots {
		inputs.Lots[j] = gadget.Signed(held)
		if held == 0 {
			continue
		}
		entry := a.terms.entries[j]
		for c, column := range entry.columns {
			addProduct(columns[c], held, column)
		}
		for _, exposure := range entry.exposures {
			if exposure.place > 0 {
				addProduct(nets[exposure.place-1], held, exposure.delta)
			}
		}
	}
	for c := range columns {
		inputs.Columns[c] = element(columns[c])
	}
	equity := new(big.Int).Add(big.NewInt(max(0, leaf.Cash)), columns[a.shape.Scenarios])
	equity.Sub(equity, overdraft)
	if !within(append(append([]*big.Int{equity, overdraft}, columns...), nets...)) {
		return refusal.New(refusal.Account, "TOO_LARGE", "request.accounts[%d]", i)
	}
	if present && (equity.Cmp(big.NewInt(margin.Equity)) != 0 || maintenance.Cmp(big.NewInt(margin.Maintenance)) != 0) {
		return refusal.New(refusal.Account, "MARGIN_DIFFERS", "request.margins[%d]", i)
	}
	own := cascade{equity: equity.Int64(), maintenance: maintenance.Int64(), losses: integers(columns[:a.shape.Scenarios]), nets: integers(nets)}
	flows := a.forced(&inputs.Forced, own)
	m, _ := slices.BinarySearch(a.numbers, margin.Member)
	if present {
		a.members[m].add(own)
		for s := range flows {
			addUp(a.apart[m][s], flows[s])
		}
	}
	return nil
}

func (c *cascade) add(other cascade) {
	c.equity += other.equity
	c.maintenance += other.maintenance
	addUp(c.losses, other.losses)
	addUp(c.nets, other.nets)
}

func addUp(sum, terms []int64) {
	for i, term := range terms {
		sum[i] += term
	}
}

func fillSlots(slots []gadget.Slot, entries []publicinput.Entry) {
	for i := range slots {
		slots[i] = gadget.Slot{Active: gadget.Signed(0), Key: gadget.Signed(0), Lots: gadget.Signed(0)}
		if i < len(entries) {
			slots[i] = gadget.Slot{Active: gadget.Signed(1), Key: gadget.Signed(entries[i].Key), Lots: gadget.Signed(entries[i].Lots)}
		}
	}
}

// lots are the account's by entry of the terms.
func (a *assigner) lots(account int, leaf publicinput.AccountLeaf) ([]int64, error) {
	lots := make([]int64, a.shape.Entries)
	put := func(key, held int64) bool {
		at := slices.IndexFunc(a.terms.entries, func(e entry) bool { return e.key == key })
		if at >= 0 {
			lots[at] = held
		}
		return at >= 0
	}
	for i, held := range leaf.Positions {
		if put(held.Key+1, held.Lots) {
			continue
		}
		at, listed := slices.BinarySearchFunc(a.terms.Table.Instruments, held.Key, func(row risktable.Row, number int64) int { return cmp.Compare(row.Number, number) })
		switch {
		case !listed:
			return nil, refusal.New(refusal.Account, "UNKNOWN_ID", "request.accounts[%d].positions[%d].number", account, i)
		case a.terms.Table.Instruments[at].Option:
			return nil, refusal.New(refusal.Account, "NO_BUFFER_PROOF_WITH_OPTIONS", "request.accounts[%d].positions[%d]", account, i)
		default:
			return nil, refusal.New(refusal.Account, "NO_PROOF_IN_THIS_SHAPE", "request.accounts[%d].positions[%d]", account, i)
		}
	}
	for i, held := range leaf.Lines {
		if !put(held.Key+1+lineOffset, held.Lots) {
			return nil, refusal.New(refusal.Account, "UNKNOWN_ID", "request.accounts[%d].lines[%d].number", account, i)
		}
	}
	return lots, nil
}

// forced fills one account of the cascade and gives what it is forced to trade, µ$.
func (a *assigner) forced(u *ForcedInputs, of cascade) [][]int64 {
	held := newSums(a.shape.sides())
	groups := a.terms.placeGroups()
	for p, net := range of.nets {
		u.Plus[p], u.Minus[p] = gadget.Signed(max(0, net)), gadget.Signed(max(0, -net))
		if net > 0 {
			addProduct(held[groups[p]-1], net, 1)
		} else if net < 0 {
			addProduct(held[a.shape.Groups+int(groups[p])-1], -net, 1)
		}
	}
	for i := range held {
		u.Held[i] = element(held[i])
	}
	span := new(big.Int).Mul(big.NewInt(of.maintenance), big.NewInt(a.terms.Tariff.Span))
	span.Quo(span, big.NewInt(perUnit))
	u.Span, u.NoSpan = element(span), gadget.Bit(span.Sign() == 0)
	if span.Sign() == 0 {
		span.SetInt64(1)
	}
	flows := make([][]int64, a.shape.Scenarios)
	for s := range flows {
		to, scenario := &u.Scenarios[s], a.terms.scenarios[s]
		numerator := new(big.Int)
		for i, rate := range scenario.Rates {
			numerator.Add(numerator, new(big.Int).Mul(held[i], big.NewInt(rate)))
		}
		transmitted := ceilOf(numerator, perUnit)
		to.Transmitted = element(transmitted)
		to.Rest = element(new(big.Int).Sub(new(big.Int).Mul(transmitted, big.NewInt(perUnit)), numerator))
		missing := new(big.Int).Mul(big.NewInt(of.maintenance-of.equity+of.losses[s]), big.NewInt(microPerUnit))
		sold, all := share(missing.Add(missing, transmitted), span)
		to.Sold, to.All = gadget.Signed(sold), gadget.Bit(all)
		flows[s] = make([]int64, a.shape.sides())
		for i := range flows[s] {
			flow := ceilOf(new(big.Int).Mul(held[i], big.NewInt(sold)), perUnit)
			to.Flows[i], flows[s][i] = element(flow), flow.Int64()
		}
	}
	return flows
}

// share is g = min(10⁶, ⌈10⁶·missing/span⌉), 0 where nothing is missing, and whether that is everything.
func share(missing, span *big.Int) (int64, bool) {
	switch {
	case missing.Sign() <= 0:
		return 0, false
	case missing.Cmp(span) >= 0:
		return gadget.Million, true
	default:
		quotient, rest := new(big.Int).QuoRem(new(big.Int).Mul(missing, big.NewInt(gadget.Million)), span, new(big.Int))
		return quotient.Int64() + int64(rest.Sign()), false
	}
}

// merge fills the members and gives all flows.
func (a *assigner) merge() ([][]int64, error) {
	total := make([][]int64, a.shape.Scenarios)
	for s := range total {
		total[s] = make([]int64, a.shape.sides())
	}
	for m, member := range a.members {
		if largest := slices.Max(slices.Concat([]int64{member.maintenance, abs(member.equity)}, absolute(member.losses), absolute(member.nets))); largest >= amountMax {
			return nil, refusal.New(refusal.Account, "TOO_LARGE", "request.members")
		}
		to := &a.circuit.Members[m]
		to.Number, to.Equity, to.Maintenance = gadget.Signed(a.numbers[m]), gadget.Signed(member.equity), gadget.Signed(member.maintenance)
		for s, loss := range member.losses {
			to.Losses[s] = gadget.Signed(loss)
		}
		together := a.forced(&to.Forced, member)
		for s := range total {
			for i, apart := range a.apart[m][s] {
				beyond := max(0, together[s][i]-apart)
				to.ForcedApart[s][i], to.ForcedMerged[s][i] = gadget.Signed(apart), gadget.Signed(beyond)
				total[s][i] += apart + beyond
			}
		}
	}
	return total, nil
}

func abs(x int64) int64 { return max(x, -x) }

func absolute(amounts []int64) []int64 {
	sizes := make([]int64, len(amounts))
	for i, amount := range amounts {
		sizes[i] = abs(amount)
	}
	return sizes
}

func newSums(n int) []*big.Int {
	sums := make([]*big.Int, n)
	for i := range sums {
		sums[i] = new(big.Int)
	}
	return sums
}

func addProduct(sum *big.Int, a, b int64) {
	sum.Add(sum, new(big.Int).Mul(big.NewInt(a), big.NewInt(b)))
}

// ceil is ⌈a·b/divisor⌉ for a, b ≥ 0.
func ceil(a, b, divisor int64) *big.Int {
	return ceilOf(new(big.Int).Mul(big.NewInt(a), big.NewInt(b)), divisor)
}

func ceilOf(numerator *big.Int, divisor int64) *big.Int {
	quotient, rest := new(big.Int).QuoRem(numerator, big.NewInt(divisor), new(big.Int))
	return quotient.Add(quotient, big.NewInt(int64(rest.Sign())))
}

// within says whether every amount may be counted in µ$.
func within(amounts []*big.Int) bool {
	return !slices.ContainsFunc(amounts, func(amount *big.Int) bool { return amount.CmpAbs(big.NewInt(amountMax)) >= 0 })
}

func integers(amounts []*big.Int) []int64 {
	numbers := make([]int64, len(amounts))
	for i, amount := range amounts {
		numbers[i] = amount.Int64()
	}
	return numbers
}

func element(x *big.Int) frontend.Variable { return *new(fr.Element).SetBigInt(x) }

func (a *assigner) public() [publicinput.Count]fr.Element {
	for i, sealed := range a.request.Epoch.Elements() {
		a.circuit.Epoch[i] = sealed
	}
	public := PublicInputs(a.request.Epoch.Digest(), a.terms)
	c := a.circuit
	for i, input := range []*frontend.Variable{&c.Seal, &c.Challenge, &c.Scope, &c.Terms, &c.Statement} {
		*input = public[i]
	}
	return public
}

// PublicInputs are those of a certificate: what a verifier compares with besides the seal follows from the terms.
func PublicInputs(seal fr.Element, terms *Terms) (public [publicinput.Count]fr.Element) {
	public[publicinput.SealInput], public[publicinput.NullifierInput] = seal, terms.Digest()
	public[publicinput.StatementInput] = terms.shape.statement()
	return public
}
