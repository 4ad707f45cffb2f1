package fund

import (
	"cmp"
	"math/big"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/account"
	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/plain/tree"
	"bulwark.io/circuits/refusal"
)

// Request asks for the proof of one epoch's fund.
type Request struct {
	Epoch    publicinput.EpochDocument
	Vault    *risktable.Table
	Accounts []publicinput.AccountLeaf // by number, every one of the epoch
	Margins  []publicinput.MarginLeaf  // of the same accounts
	Fund     int64                     // u
}

// Assignment is a witness with its public inputs. Need is what the fund must hold at least.
type Assignment struct {
	Circuit *Circuit
	Public  [publicinput.Count]fr.Element
	Need    *big.Int
}

// Assign fills a witness, or says why there is no proof. What passes here satisfies the circuit.
func Assign(shape Shape, request Request) (*Assignment, error) {
	a := &assigner{shape: shape, request: request, circuit: New(shape), table: request.Vault}
	if err := a.check(); err != nil {
		return nil, err
	}
	if err := a.entries(); err != nil {
		return nil, err
	}
	for t := range a.circuit.Accounts {
		if err := a.account(t); err != nil {
			return nil, err
		}
	}
	need := a.largest()
	if need.Cmp(big.NewInt(request.Fund)) > 0 {
		return nil, refusal.New(refusal.Claim, "CLAIM_NOT_MET", "request.fund")
	}
	return &Assignment{Circuit: a.circuit, Public: a.public(), Need: need}, nil
}

type assigner struct {
	shape    Shape
	request  Request
	circuit  *Circuit
	table    *risktable.Table
	rows     []*risktable.Row // by entry, nil where there is none
	members  []int64
	accounts map[int64]int
	beyond   [][]*big.Int // by member and scenario
}

// check compares the request with shape and epoch.
func (a *assigner) check() error {
	request := a.request
	if len(request.Margins) != len(request.Accounts) {
		return refusal.New(refusal.Request, "WRONG_LENGTH", "request.margins")
	}
	if a.table.Root != request.Epoch.VaultTableRoot {
		return refusal.New(refusal.Account, "TABLE_ROOT_DIFFERS", "request.epoch.vaultTableRoot")
	}
	if a.table.Rows != a.shape.Rows || len(a.table.Shorts) > 0 || a.table.Small {
		return refusal.New(refusal.Key, "TABLE_SHAPE_DIFFERS", "request.vault")
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
		if margin := request.Margins[i]; !within(margin.Initial) || !within(margin.Buffer) || margin.Equity >= 1<<marginBits ||
			margin.Member < 0 || margin.Member >= 1<<keyBits {
			return refusal.New(refusal.Account, "OUT_OF_RANGE", "request.margins[%d]", i)
		}
		last, a.accounts[account.Number] = account.Number, i
		a.members = append(a.members, request.Margins[i].Member)
	}
	if err := a.fillMembers(); err != nil {
		return err
	}
	return Sealed(a.shape.Depth, request.Epoch, request.Accounts, request.Margins)
}

func within(amount int64) bool { return amount >= 0 && amount < 1<<marginBits }

// Sealed says whether the accounts and their margins, in the same order, are all that an epoch seals.
func Sealed(depth int, epoch publicinput.EpochDocument, accounts []publicinput.AccountLeaf, margins []publicinput.MarginLeaf) error {
	leaves, marginLeaves := map[int64]fr.Element{}, map[int64]fr.Element{}
	for i, account := range accounts {
		if margins[i].Number != account.Number {
			return refusal.New(refusal.Account, "LEAF_NOT_IN_TREE", "request.margins[%d].number", i)
		}
		leaves[account.Number], marginLeaves[account.Number] = account.Hash(), margins[i].Hash()
	}
	if root(depth, leaves) != epoch.AccountRoot {
		return refusal.New(refusal.Account, "LEAF_NOT_IN_TREE", "request.epoch.accountRoot")
	}
	if root(depth, marginLeaves) != epoch.MarginRoot {
		return refusal.New(refusal.Account, "LEAF_NOT_IN_TREE", "request.epoch.marginRoot")
	}
	return nil
}

func root(depth int, leaves map[int64]fr.Element) fr.Element {
	sealed := tree.New(depth)
	sealed.Update(leaves)
	return sealed.Root()
}

// fillMembers sorts the members and fills the slots that are left with numbers behind them.
func (a *assigner) fillMembers() error {
	slices.Sort(a.members)
	a.members = slices.Compact(a.members)
	if len(a.members) > a.shape.Members {
		return refusal.New(refusal.Account, "NO_PROOF_IN_THIS_SHAPE", "request.members")
	}
	for free := int64(0); len(a.members) < a.shape.Members; free++ {
		if at, taken := slices.BinarySearch(a.members, free); !taken {
			a.members = slices.Insert(a.members, at, free)
		}
	}
	a.beyond = make([][]*big.Int, len(a.members))
	for m, member := range a.members {
		a.circuit.Members[m] = gadget.Signed(member)
		a.beyond[m] = make([]*big.Int, a.shape.Rows)
		for r := range a.beyond[m] {
			a.beyond[m][r] = new(big.Int)
		}
	}
	return nil
}

// entries opens the leaves of the table.
func (a *assigner) entries() error {
	if len(a.table.Instruments) > a.shape.Instruments || len(a.table.Collateral) > a.shape.Assets {
		return refusal.New(refusal.Account, "NO_PROOF_IN_THIS_SHAPE", "request.vault")
	}
	multiplicities := [publicinput.TableCapNodes]int64{}
	open := func(inputs *EntryInputs, domain publicinput.Domain, row *risktable.Row) error {
		a.rows = append(a.rows, row)
		if row == nil {
			a.emptyEntry(inputs, domain)
			return nil
		}
		if !row.Short() {
			return refusal.New(refusal.Table, "UNKNOWN_COMPONENT", "request.vault")
		}
		place, _ := a.table.Place(domain, row.Number)
		multiplicities[place>>(2*publicinput.TablePathLevels)]++
		a.entry(inputs, row, place)
		return nil
	}
	for i := range a.circuit.Instruments {
		if err := open(&a.circuit.Instruments[i], publicinput.Instrument, rowAt(a.table.Instruments, i)); err != nil {
			return err
		}
	}
	for i := range a.circuit.Assets {
		rows, domain := a.table.Collateral, publicinput.Collateral
		if i%2 == 1 {
			rows, domain = a.table.Debts, publicinput.Debt
		}
		if err := open(&a.circuit.Assets[i], domain, rowAt(rows, i/2)); err != nil {
			return err
		}
	}
	a.global()
	for i, node := range a.table.Cap {
		a.circuit.Cap[i], a.circuit.Multiplicities[i] = node, gadget.Signed(multiplicities[i])
	}
	return nil
}

// global opens the first leaf of the table.
func (a *assigner) global() {
	elements, global := a.table.GlobalElements(), &a.circuit.Global
	head := elements[0].BigInt(new(big.Int))
	global.Below, global.CashResidual = bits(head, 0, residualOffset), bits(head, residualOffset, residualBits)
	global.Beyond = bits(head, residualOffset+residualBits, headBits-residualOffset-residualBits)
	for i, element := range elements[1:] {
		global.Rest[i] = element
	}
	a.path(global.Path[:], 0)
}

// bits is a part of a packed element.
func bits(packed *big.Int, offset, width uint) frontend.Variable {
	part := new(big.Int).Rsh(packed, offset)
	return element(part.And(part, new(big.Int).Sub(gadget.Power(int(width)), big.NewInt(1))))
}

func (a *assigner) path(steps []gadget.Step, place int64) {
	children, digits := a.table.Path(place)
	for level := range steps {
		steps[level] = gadget.StepTo(digits[level], children[level])
	}
}

func rowAt(rows []risktable.Row, i int) *risktable.Row {
	if i < len(rows) {
		return &rows[i]
	}
	return nil
}

func (a *assigner) entry(inputs *EntryInputs, row *risktable.Row, place int64) {
	head := new(big.Int)
	row.Elements()[0].BigInt(head)
	inputs.Active, inputs.Number, inputs.Bound = gadget.Signed(1), gadget.Signed(row.Number), gadget.Signed(row.Bound)
	inputs.Group, inputs.Leg0, inputs.Leg1 = bits(head, 32, 32), bits(head, 64, 32), bits(head, 96, 32)
	inputs.Charges = bits(head, chargeOffset, chargeBits)
	for i, losses := range row.Stress(publicinput.Wide) {
		inputs.Losses[i] = losses
	}
	for i, sense := range row.Sense(publicinput.Wide) {
		inputs.Sense[i] = sense
	}
	a.path(inputs.Path[:], place)
}

// emptyEntry fills a slot without entry: a leaf of zeros under nodes of its own, which need not stand in the cap.
func (a *assigner) emptyEntry(inputs *EntryInputs, domain publicinput.Domain) {
	inputs.Active, inputs.Number, inputs.Group, inputs.Leg0, inputs.Leg1 = gadget.Signed(0), gadget.Signed(0), gadget.Signed(0), gadget.Signed(0), gadget.Signed(0)
	inputs.Bound, inputs.Charges = gadget.Signed(0), gadget.Signed(0)
	for _, list := range [][]frontend.Variable{inputs.Losses, inputs.Sense} {
		for i := range list {
			list[i] = gadget.Signed(0)
		}
	}
	node := publicinput.HashOf(domain, make([]fr.Element, publicinput.RowHeadElements+len(inputs.Losses)+len(inputs.Sense))...)
	for level := len(inputs.Path) - 1; level >= 0; level-- {
		inputs.Path[level] = gadget.StepTo(0, [tree.Arity]fr.Element{node})
		node = publicinput.Node(node, fr.Element{}, fr.Element{}, fr.Element{})
	}
}

// account fills one place of the account tree.
func (a *assigner) account(t int) error {
	inputs, leaf, margin := &a.circuit.Accounts[t], publicinput.AccountLeaf{}, publicinput.MarginLeaf{}
	i, present := a.accounts[int64(t)]
	if present {
		leaf, margin = a.request.Accounts[i], a.request.Margins[i]
	}
	inputs.Present, inputs.Owner, inputs.Salt = gadget.Bit(present), leaf.Owner, leaf.Salt
	inputs.Cash = gadget.Sides{Plus: gadget.Signed(max(0, leaf.Cash)), Minus: gadget.Signed(max(0, -leaf.Cash))}
	inputs.Paid = publicinput.ListHash(publicinput.PaidList, leaf.Paid)
	account.FillStandings(inputs.Standings, leaf.Standings)
	inputs.PositionCount, inputs.LineCount = gadget.Signed(int64(len(leaf.Positions))), gadget.Signed(int64(len(leaf.Lines)))
	fillSlots(inputs.Positions, leaf.Positions)
	fillSlots(inputs.Lines, leaf.Lines)
	inputs.Margin = MarginInputs{Initial: gadget.Signed(margin.Initial), Maintenance: gadget.Signed(margin.Maintenance), Equity: gadget.Signed(margin.Equity),
		Buffer: gadget.Signed(margin.Buffer), Salt: margin.Salt}
	member, _ := slices.BinarySearch(a.members, margin.Member)
	for m := range inputs.Member {
		inputs.Member[m] = gadget.Bit(present && m == member)
	}
	lots, err := a.lots(leaf)
	if err != nil {
		return err
	}
	credit, err := a.credit(inputs, lots, leaf, margin)
	if err != nil {
		return err
	}
	return a.losses(inputs, lots, credit, member)
}

// credit fills what the account pays of its losses itself: the least of min(E, IM + Buffer) and of its equity by the values of the vault table, at
// least 0.
func (a *assigner) credit(inputs *AccountInputs, lots []int64, leaf publicinput.AccountLeaf, margin publicinput.MarginLeaf) (*big.Int, error) {
	overdraft := ceilMillion(max(0, -leaf.Cash), risktable.Million+a.table.Parameters.CashResidual)
	worth := new(big.Int).Sub(big.NewInt(max(0, leaf.Cash)), overdraft)
	sense := [sensed]*big.Int{}
	for c := range sense {
		sense[c] = new(big.Int)
	}
	for j, held := range lots {
		if row := a.rows[j]; row != nil {
			for c, column := range row.SenseColumns() {
				addProduct(sense[c], held, column)
			}
		}
	}
	worth.Add(worth, sense[publicinput.SenseValue])
	if leaf.Cash >= 1<<marginBits || leaf.Cash <= -1<<marginBits || worth.BitLen() > marginBits {
		return nil, refusal.New(refusal.Account, "TOO_LARGE", "account")
	}
	for c := range sense {
		inputs.Sense[c] = element(sense[c])
	}
	credit := big.NewInt(min(margin.Equity, margin.Initial+margin.Buffer))
	if worth.Cmp(credit) < 0 {
		credit.Set(worth)
	}
	solvent := margin.Equity >= 0 && worth.Sign() >= 0
	if !solvent {
		credit.SetInt64(0)
	}
	if credit.BitLen() > marginBits {
		return nil, refusal.New(refusal.Account, "TOO_LARGE", "account")
	}
	inputs.Overdraft, inputs.Solvent, inputs.Credit = element(overdraft), gadget.Bit(solvent), element(credit)
	return credit, nil
}

// ceilMillion is ⌈a·b/10⁶⌉ for a, b ≥ 0.
func ceilMillion(a, b int64) *big.Int {
	quotient, rest := new(big.Int).QuoRem(new(big.Int).Mul(big.NewInt(a), big.NewInt(b)), big.NewInt(risktable.Million), new(big.Int))
	return quotient.Add(quotient, big.NewInt(int64(rest.Sign())))
}

func fillSlots(slots []gadget.Slot, entries []publicinput.Entry) {
	for i := range slots {
		slots[i] = gadget.Slot{Active: gadget.Signed(0), Key: gadget.Signed(0), Lots: gadget.Signed(0)}
		if i < len(entries) {
			slots[i] = gadget.Slot{Active: gadget.Signed(1), Key: gadget.Signed(entries[i].Key), Lots: gadget.Signed(entries[i].Lots)}
		}
	}
}

// lots are the account's by entry of the table.
func (a *assigner) lots(leaf publicinput.AccountLeaf) ([]int64, error) {
	lots := make([]int64, len(a.rows))
	find := func(rows []risktable.Row, number int64) (int, bool) {
		return slices.BinarySearchFunc(rows, number, func(row risktable.Row, number int64) int { return cmp.Compare(row.Number, number) })
	}
	for i, entry := range leaf.Positions {
		at, listed := find(a.table.Instruments, entry.Key)
		if !listed {
			return nil, refusal.New(refusal.Account, "UNKNOWN_ID", "account.positions[%d].number", i)
		}
		lots[at] = entry.Lots
	}
	for i, entry := range leaf.Lines {
		at, listed := find(a.table.Collateral, entry.Key/2)
		if !listed {
			return nil, refusal.New(refusal.Account, "UNKNOWN_ID", "account.lines[%d].number", i)
		}
		lots[a.shape.Instruments+2*at+int(entry.Key%2)] = entry.Lots
	}
	return lots, nil
}

// losses fills lots and losses and adds what is beyond the credit to the member's.
func (a *assigner) losses(inputs *AccountInputs, lots []int64, credit *big.Int, member int) error {
	sums, gross := make([]*big.Int, a.shape.Rows), new(big.Int)
	for i := range sums {
		sums[i] = new(big.Int)
	}
	for j, held := range lots {
		inputs.Lots[j] = gadget.Signed(held)
		if j < a.shape.Instruments {
			inputs.Short[j] = gadget.Bit(held < 0)
		}
		row := a.rows[j]
		if row == nil || held == 0 {
			continue
		}
		addProduct(gross, max(held, -held), row.Bound)
		for r, loss := range row.Loss {
			addProduct(sums[r], held, loss)
		}
	}
	if gross.BitLen() > risktable.LimitBits {
		return refusal.New(refusal.Account, "TOO_LARGE", "account")
	}
	for r := range inputs.Beyond {
		spare := new(big.Int).Sub(credit, sums[r])
		beyond := new(big.Int)
		if spare.Sign() < 0 {
			beyond.Neg(spare)
			spare.SetInt64(0)
			a.beyond[member][r].Add(a.beyond[member][r], beyond)
		}
		inputs.Beyond[r], inputs.Spare[r] = element(beyond), element(spare)
	}
	return nil
}

func element(x *big.Int) frontend.Variable { return *new(fr.Element).SetBigInt(x) }

func addProduct(sum *big.Int, a, b int64) {
	sum.Add(sum, new(big.Int).Mul(big.NewInt(a), big.NewInt(b)))
}

// largest marks the member who loses most in each scenario, the first of equals, and gives the need.
func (a *assigner) largest() *big.Int {
	need := new(big.Int)
	for r := range a.circuit.Largest {
		order := make([]int, len(a.members))
		for m := range order {
			order[m] = m
		}
		slices.SortStableFunc(order, func(x, y int) int { return a.beyond[y][r].Cmp(a.beyond[x][r]) })
		largest := &a.circuit.Largest[r]
		for m := range largest.Marked {
			largest.Marked[m] = gadget.Bit(m == order[0])
		}
		first, second := a.beyond[order[0]][r], a.beyond[order[1]][r]
		largest.Second = element(second)
		if both := new(big.Int).Add(first, second); both.Cmp(need) > 0 {
			need = both
		}
	}
	return need
}

func (a *assigner) public() [publicinput.Count]fr.Element {
	for i, sealed := range a.request.Epoch.Elements() {
		a.circuit.Epoch[i] = sealed
	}
	public := PublicInputs(a.request.Epoch.Digest(), a.request.Fund, a.shape)
	c := a.circuit
	c.Fund = gadget.Signed(a.request.Fund)
	for i, input := range []*frontend.Variable{&c.Seal, &c.Challenge, &c.Scope, &c.Nullifier, &c.Statement} {
		*input = public[i]
	}
	return public
}

// PublicInputs are those of a proof that a fund covers what the sealed scenarios ask.
func PublicInputs(seal fr.Element, fund int64, shape Shape) (public [publicinput.Count]fr.Element) {
	public[publicinput.SealInput] = seal
	public[publicinput.StatementInput] = publicinput.Statement{Tag: publicinput.TagFund, Choice: Cover, Amount: fund, Name: int64(shape.Rows)}.Element()
	return public
}
