package contagion

import (
	"math/big"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/internal/witnesstest"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/refusal"
)

var value0 fr.Element

func value(v frontend.Variable) fr.Element { return v.(fr.Element) }

func add(v *frontend.Variable, by int64) {
	x, y := value(*v), publicinput.Signed(by)
	*v = *x.Add(&x, &y)
}

// falling draws a full house with two affiliates in which every account is sold in part or whole: equity below maintenance margin in every
// scenario, and something long and short of a group each.
func falling(t testing.TB, random *rand.Rand) *house {
	t.Helper()
	for {
		h := drawHouse(t, random, everyPlace, []int64{4, 6, 4, 8}, 2)
		for i := range h.accounts {
			h.margins[i].Initial = 30_000_000_000 + random.Int64N(10_000_000_000)
		}
		h.leastFixedPoint(t)
		assignment := assign(t, h.request(t))
		rich := true
		for _, account := range assignment.Circuit.Accounts {
			traded := 0
			for s := range rows {
				for _, flow := range account.Forced.Scenarios[s].Flows {
					if value(flow) != value0 {
						traded++
					}
				}
			}
			rich = rich && traded >= len(rows)
		}
		if rich {
			return h
		}
	}
}

// a forgery changes an honest witness of vectors that are one unit too low in a component that binds; then the records of the members and the
// margins' root are made to fit, so that nothing but the rule it breaks can refuse it.
var forgeries = []struct {
	name string
	make func(*Circuit)
}{
	{"an account left out", func(c *Circuit) {
		account := &c.Accounts[1]
		account.Present = gadget.Signed(0)
		empty(account)
	}},
	{"an account left out, its place empty", func(c *Circuit) {
		account := &c.Accounts[1]
		account.Present = gadget.Signed(0)
		for _, list := range [][]gadget.Slot{account.Positions, account.Lines} {
			fillSlots(list, nil)
		}
		account.PositionCount, account.LineCount = gadget.Signed(0), gadget.Signed(0)
		account.Cash, account.Overdraft, account.Margin, account.Maintenance = gadget.Sides{Plus: gadget.Signed(0), Minus: gadget.Signed(0)}, gadget.Signed(0), gadget.Signed(0), gadget.Signed(0)
		empty(account)
	}},
	{"no account holds anything", func(c *Circuit) {
		for t := range c.Accounts {
			empty(&c.Accounts[t])
		}
	}},
	{"flows of nothing", func(c *Circuit) {
		for _, unit := range units(c) {
			silence(unit)
		}
	}},
	{"nobody is sold", func(c *Circuit) {
		for _, unit := range units(c) {
			unsold(unit)
		}
	}},
	{"sold, and nothing of it traded", func(c *Circuit) {
		for _, unit := range units(c) {
			for s := range unit.Scenarios {
				for i := range unit.Scenarios[s].Flows {
					unit.Scenarios[s].Flows[i] = gadget.Signed(0)
				}
			}
		}
	}},
	{"everything sold, and none of it", func(c *Circuit) {
		for _, unit := range units(c) {
			unsold(unit)
			for s := range unit.Scenarios {
				unit.Scenarios[s].All = gadget.Signed(1)
			}
		}
	}},
	{"a share that is a share of r", func(c *Circuit) {
		for _, unit := range units(c) {
			unsold(unit)
			for s := range unit.Scenarios {
				unit.Scenarios[s].Sold = gadget.Signed(-1)
			}
		}
	}},
	{"a longer span", func(c *Circuit) {
		for _, unit := range units(c) {
			unit.Span, unit.NoSpan = gadget.Signed(1<<59), gadget.Signed(0)
			for s := range unit.Scenarios {
				if value(unit.Scenarios[s].Sold) != value0 {
					unsold(unit)
					unit.Scenarios[s].Sold = gadget.Signed(1000)
				}
			}
		}
	}},
	{"no second-order loss", func(c *Circuit) {
		for _, unit := range units(c) {
			for s := range unit.Scenarios {
				unit.Scenarios[s].Transmitted, unit.Scenarios[s].Rest = gadget.Signed(0), gadget.Signed(0)
			}
		}
	}},
	{"an account of nobody", func(c *Circuit) { c.Accounts[1].Member = gadget.Signed(77) }},
	{"members out of order", func(c *Circuit) {
		c.Members[0], c.Members[1] = c.Members[1], c.Members[0]
	}},
	{"affiliates under two slots of one number", func(c *Circuit) {
		c.Members[1].Number = c.Members[0].Number
	}},
	{"other rates", func(c *Circuit) {
		for s := range c.Rates {
			for k := range c.Rates[s] {
				c.Rates[s][k].Down, c.Rates[s][k].Up = gadget.Signed(0), gadget.Signed(0)
			}
		}
	}},
	{"more room", func(c *Circuit) {
		for s := range c.Rates {
			for k := range c.Rates[s] {
				add(&c.Rates[s][k].Sales, 1<<40)
				add(&c.Rates[s][k].Purchases, 1<<40)
			}
		}
	}},
	{"a lighter entry", func(c *Circuit) {
		for j := range c.Entries {
			for i := range c.Entries[j].Columns {
				c.Entries[j].Columns[i] = gadget.Signed(0)
			}
		}
	}},
	{"a share of maintenance of nothing", func(c *Circuit) {
		c.MaintenanceShare = gadget.Signed(0)
		for t := range c.Accounts {
			c.Accounts[t].Maintenance, c.Accounts[t].Forced.Span, c.Accounts[t].Forced.NoSpan = gadget.Signed(0), gadget.Signed(0), gadget.Signed(1)
			unsold(&c.Accounts[t].Forced)
		}
	}},
	{"less maintenance margin", func(c *Circuit) {
		for t := range c.Accounts {
			c.Accounts[t].Maintenance = gadget.Signed(0)
		}
	}},
	{"less of an overdraft", func(c *Circuit) {
		for t := range c.Accounts {
			add(&c.Accounts[t].Cash.Plus, 1<<40)
			add(&c.Accounts[t].Cash.Minus, 1<<40)
		}
	}},
}

// units are all accounts and members.
func units(c *Circuit) (all []*ForcedInputs) {
	for t := range c.Accounts {
		all = append(all, &c.Accounts[t].Forced)
	}
	for m := range c.Members {
		all = append(all, &c.Members[m].Forced)
	}
	return all
}

// empty lets an account hold nothing of the terms.
func empty(account *AccountInputs) {
	for j := range account.Lots {
		account.Lots[j] = gadget.Signed(0)
	}
	for c := range account.Columns {
		account.Columns[c] = gadget.Signed(0)
	}
	for p := range account.Forced.Plus {
		account.Forced.Plus[p], account.Forced.Minus[p] = gadget.Signed(0), gadget.Signed(0)
	}
	silence(&account.Forced)
}

// silence lets a unit hold nothing of any group and trade nothing.
func silence(unit *ForcedInputs) {
	for i := range unit.Held {
		unit.Held[i] = gadget.Signed(0)
	}
	for s := range unit.Scenarios {
		unit.Scenarios[s].Transmitted, unit.Scenarios[s].Rest = gadget.Signed(0), gadget.Signed(0)
	}
	unsold(unit)
}

func unsold(unit *ForcedInputs) {
	for s := range unit.Scenarios {
		unit.Scenarios[s].Sold, unit.Scenarios[s].All = gadget.Signed(0), gadget.Signed(0)
		for i := range unit.Scenarios[s].Flows {
			unit.Scenarios[s].Flows[i] = gadget.Signed(0)
		}
	}
}

// fit makes the members' flows fit the accounts, and seals an epoch over the margins of the witness.
func fit(c *Circuit) {
	leaves := map[int64]fr.Element{}
	for t := range c.Accounts {
		account := &c.Accounts[t]
		equity, overdraft := value(account.Columns[small.Scenarios]), value(account.Overdraft)
		plus := value(account.Cash.Plus)
		equity.Add(&equity, &plus).Sub(&equity, &overdraft)
		leaf := publicinput.HashOf(publicinput.MarginLeafHash, publicinput.Signed(int64(t)), value(account.Member), value(account.Margin),
			value(account.Maintenance), equity, value(account.Buffer), value(account.MarginSalt))
		present := value(account.Present)
		leaves[int64(t)] = *leaf.Mul(&leaf, &present)
	}
	c.Epoch[publicinput.EpochMarginRoot] = root(small.Depth, leaves)
	reseal(c)
	for m := range c.Members {
		member := &c.Members[m]
		for s := range member.ForcedApart {
			for i := range member.ForcedApart[s] {
				var sum fr.Element
				for t := range c.Accounts {
					if flow := value(c.Accounts[t].Forced.Scenarios[s].Flows[i]); value(c.Accounts[t].Member) == value(member.Number) {
						sum.Add(&sum, &flow)
					}
				}
				member.ForcedApart[s][i] = sum
				member.ForcedMerged[s][i] = gadget.Signed(0)
				apart, together := sum.BigInt(new(big.Int)), new(big.Int)
				if flow := value(member.Forced.Scenarios[s].Flows[i]); flow.BigInt(together).Cmp(apart) > 0 {
					member.ForcedMerged[s][i] = element(together.Sub(together, apart))
				}
			}
		}
	}
}

// reseal shows the digest of the witness's epoch.
func reseal(c *Circuit) {
	document := make([]fr.Element, len(c.Epoch))
	for i := range c.Epoch {
		document[i] = value(c.Epoch[i])
	}
	c.Seal = publicinput.HashOf(publicinput.Epoch, document...)
}

// tooLow publishes the least fixed point less one in a component that is above 0, and gives a witness of it that only the room refuses.
func tooLow(t *testing.T, h *house) *Assignment {
	t.Helper()
	least := h.leastFixedPoint(t)
	for s := range least {
		for i := range least[s] {
			if least[s][i] > 0 {
				lower := clone(least)
				lower[s][i]--
				h.publish(lower)
				assignment, err := fill(small, h.request(t))
				if err != nil {
					t.Fatal(err)
				}
				return assignment
			}
		}
	}
	t.Fatal("the draw must have a vector above 0")
	return nil
}

// Every forgery alone, on a certificate that holds; and on one that does not, where it is what a cheating house needs.
func TestShouldRejectForgeries(t *testing.T) {
	random := rand.New(rand.NewPCG(31, 32))
	for _, forgery := range forgeries {
		t.Run(forgery.name, func(t *testing.T) {
			h := falling(t, random)
			honest := assign(t, h.request(t))
			fit(honest.Circuit)
			if !accepts(honest) {
				t.Fatal("the honest witness must be accepted")
			}
			lower := tooLow(t, h)
			if accepts(lower) {
				t.Fatal("a vector below its image must be rejected")
			}
			for _, forged := range []*Assignment{honest, lower} {
				forgery.make(forged.Circuit)
				fit(forged.Circuit)
				if accepts(forged) {
					t.Fatal("the forgery must be rejected")
				}
			}
		})
	}
}

// A member who trades more merged than his accounts do apart counts by what he trades merged.
func TestShouldRejectAMemberBelowHisMergedFlow(t *testing.T) {
	random := rand.New(rand.NewPCG(39, 40))
	for {
		h := drawHouse(t, random, everyPlace, []int64{4, 6, 4, 8}, 1)
		h.leastFixedPoint(t)
		assignment := assign(t, h.request(t))
		for m := range assignment.Circuit.Members {
			for s := range rows {
				for i, beyond := range assignment.Circuit.Members[m].ForcedMerged[s] {
					if value(beyond) == value0 {
						continue
					}
					for _, by := range []int64{-1, -1 << 40} {
						forged := assign(t, h.request(t))
						add(&forged.Circuit.Members[m].ForcedMerged[s][i], by)
						if accepts(forged) {
							t.Fatalf("%d beyond the accounts' flow must be rejected", by)
						}
					}
					forged := assign(t, h.request(t))
					forged.Circuit.Members[m].ForcedMerged[s][i] = gadget.Signed(0)
					if accepts(forged) {
						t.Fatal("nothing beyond the accounts' flow must be rejected")
					}
					return
				}
			}
		}
	}
}

// The room for sales may borrow nothing of the room for purchases beside it in its word: 2⁶³ more and one less would be enough for any flow.
func TestShouldRejectRoomLentByItsNeighbour(t *testing.T) {
	random := rand.New(rand.NewPCG(43, 44))
	for {
		h := falling(t, random)
		forged := tooLow(t, h)
		for s, flows := range forged.Flows {
			for k := range small.Groups {
				rate := &forged.Circuit.Rates[s][k]
				sales, purchases := value(rate.Sales), value(rate.Purchases)
				if sales.BigInt(new(big.Int)).Cmp(big.NewInt(flows[k])) >= 0 || purchases.BigInt(new(big.Int)).Cmp(big.NewInt(flows[small.Groups+k])) <= 0 {
					continue
				}
				lent := *new(fr.Element).SetBigInt(gadget.Power(roomBits))
				rate.Sales = *sales.Add(&sales, &lent)
				add(&rate.Purchases, -1)
				if accepts(forged) {
					t.Fatal("lent room must be rejected")
				}
				return
			}
		}
	}
}

// A place without an account has no equity that would lift a member's.
func TestShouldRejectEquityOfAPlaceWithoutAccount(t *testing.T) {
	random := rand.New(rand.NewPCG(37, 38))
	for {
		h := drawHouse(t, random, []int{0, 1, 2}, []int64{4, 6, 4}, 2)
		h.leastFixedPoint(t)
		assignment := assign(t, h.request(t))
		member := &assignment.Circuit.Members[1]
		if value(member.Number) != publicinput.Signed(4) {
			t.Fatal("the members must be 0, 4 and 6")
		}
		sold := false
		for s := range rows {
			sold = sold || value(member.Forced.Scenarios[s].Sold) != value0
		}
		if !sold {
			continue
		}
		const lent = 1 << 48
		add(&assignment.Circuit.Accounts[3].Cash.Plus, lent)
		assignment.Circuit.Accounts[3].Member = member.Number
		add(&member.Equity, lent)
		unsold(&member.Forced)
		if accepts(assignment) {
			t.Fatal("equity of nobody must be rejected")
		}
		return
	}
}

// Another tariff, or the same under another epoch, is another statement.
func TestShouldRejectAnotherTariff(t *testing.T) {
	random := rand.New(rand.NewPCG(33, 34))
	h := falling(t, random)
	assignment := assign(t, h.request(t))
	certified := clone(h.leastFixedPoint(t))
	certified[0][0] += 5
	h.publish(certified)
	other := h.request(t)
	swapped := *assignment.Circuit // the constraints are read through its fields
	swapped.Terms = other.Terms.Digest()
	if groth.Solve(smallSystem(), &swapped) == nil {
		t.Fatal("the digest of other terms must be rejected")
	}
	other.Epoch.BufferDigest = publicinput.Signed(5)
	if _, err := Assign(small, other); err == nil || refusal.Of(err).Code != "BUFFER_DIFFERS" {
		t.Fatalf("another tariff than the sealed one must be refused: %v", err)
	}
}

func TestShouldRejectEveryMutation(t *testing.T) {
	random := rand.New(rand.NewPCG(21, 22))
	full, err := frontend.NewWitness(assign(t, falling(t, random).request(t)).Circuit, ecc.BN254.ScalarField())
	if err != nil {
		t.Fatal(err)
	}
	// What a member trades beyond his accounts, and what he does merged, may be overstated within the room, and what is all sold may be called so or
	// not. Nothing else.
	allowed := regexp.MustCompile(`^(Members_\d+_(Beyond_\d+|Unit_Scenarios_\d+_Flows)_\d+|(Accounts|Members)_\d+_Unit_Scenarios_\d+_All)$`)
	vector, one, names := full.Vector().(fr.Vector), fr.One(), witnesstest.Names(t, New(small))
	changed := witnesstest.Changed(names)
	for i, name := range names {
		if !changed[i] {
			continue
		}
		kept := vector[i]
		mutants := []fr.Element{*new(fr.Element).Add(&kept, &one), *new(fr.Element).Sub(&kept, &one)}
		if i%9 == 0 {
			mutants = append(mutants, randomElement(random))
		}
		for place, mutant := range mutants {
			vector[i] = mutant
			understated := place == 1 && !strings.HasSuffix(name, "_All") // one less is never on the safe side
			if groth.SolveWitness(smallSystem(), full) == nil && (understated || !allowed.MatchString(name)) {
				t.Errorf("%s may be changed without notice", name)
			}
		}
		vector[i] = kept
	}
}

func TestShouldRefuseByName(t *testing.T) {
	random := rand.New(rand.NewPCG(51, 52))
	for _, c := range []struct {
		code   string
		change func(*Request)
	}{
		{"TABLE_ROOT_DIFFERS", func(r *Request) { r.Epoch.TableRoot = publicinput.Signed(1) }},
		{"BUFFER_DIFFERS", func(r *Request) { r.Epoch.BufferDigest = publicinput.Signed(1) }},
		{"NO_BUFFER", func(r *Request) { r.Epoch.BufferDigest = fr.Element{} }},
		{"LEAF_NOT_IN_TREE", func(r *Request) { r.Accounts, r.Margins = r.Accounts[:3], r.Margins[:3] }},
		{"LEAF_NOT_IN_TREE", func(r *Request) { r.Accounts[0].Salt = publicinput.Signed(1) }},
		{"LEAF_NOT_IN_TREE", func(r *Request) { r.Margins[0].Buffer++ }},
		{"NO_MARGIN", func(r *Request) {
			r.Margins[1] = publicinput.MarginLeaf{Number: r.Margins[1].Number, Member: r.Margins[1].Member, Salt: r.Margins[1].Salt}
		}},
		{"WRONG_LENGTH", func(r *Request) { r.Margins = r.Margins[:3] }},
		{"IDS_NOT_INCREASING", func(r *Request) { r.Accounts[1].Number = 0 }},
		{"OUT_OF_RANGE", func(r *Request) { r.Margins[0].Initial = amountMax }},
		{"NO_PROOF_IN_THIS_SHAPE", func(r *Request) { r.Accounts[3].Number = 4 }},
		{"NO_PROOF_IN_THIS_SHAPE", func(r *Request) {
			for i := range r.Margins {
				r.Margins[i].Member = int64(i)
			}
		}},
	} {
		request := falling(t, random).request(t)
		c.change(&request)
		if _, err := Assign(small, request); err == nil || refusal.Of(err).Code != c.code {
			t.Errorf("want %s, have %v", c.code, err)
		}
	}
}

// What has no certificate: an option, a two-sided product, a vector below what is charged, an account beyond the range of the tariff's money.
func TestShouldRefuseWhatTheTermsDoNotSpeakOf(t *testing.T) {
	random := rand.New(rand.NewPCG(53, 54))
	for code, find := range map[string]func(h *house) int64{
		"NO_BUFFER_PROOF_WITH_OPTIONS": func(h *house) int64 { return h.table.Instruments[2].Number },
		"NO_PROOF_IN_THIS_SHAPE":       func(h *house) int64 { return h.table.Instruments[3].Number },
		"UNKNOWN_ID":                   func(h *house) int64 { return 1 << 31 },
	} {
		h := falling(t, random)
		request := h.request(t)
		request.Accounts[1].Positions = []publicinput.Entry{{Key: find(h), Lots: 1}}
		if _, err := Assign(small, h.sealed(request)); err == nil || refusal.Of(err).Code != code {
			t.Errorf("want %s, have %v", code, err)
		}
	}
	h := falling(t, random)
	h.accounts[1].Cash = 1 << 55
	if _, err := Assign(small, h.request(t)); err == nil || refusal.Of(err).Code != "TOO_LARGE" {
		t.Errorf("want TOO_LARGE, have %v", err)
	}
	if _, err := TermsOf(small, h.table, canonical.Encode(h.tariff), rows[:3]); err == nil || refusal.Of(err).Where != "rows" {
		t.Errorf("every scenario needs its row, have %v", err)
	}
	list(list(h.tariff[certifiedField])[2])[1] = int64(9)
	list(list(h.tariff[chargedField])[2])[1] = int64(8)
	list(list(h.tariff[groupsField])[1])[2] = int64(500_000)
	list(list(list(h.tariff[scenariosField])[2])[0])[1] = int64(0)
	if _, err := TermsOf(small, h.table, canonical.Encode(h.tariff), rows); err == nil || refusal.Of(err).Where != "tariff.certified[2][1]" {
		t.Errorf("a charge below the certified vector must be refused, have %v", err)
	}
}

// The statement and the inputs that no certificate uses are constants.
func TestShouldSayNothingElse(t *testing.T) {
	honest := publicinput.Statement{Tag: publicinput.TagContagion, Choice: int64(small.Groups), Name: int64(small.Scenarios)}
	assignment := assign(t, falling(t, rand.New(rand.NewPCG(47, 48))).request(t))
	if assignment.Public[publicinput.StatementInput] != honest.Element() {
		t.Fatal("the statement must be groups and scenarios under the tag of contagion")
	}
	for name, change := range map[string]func(*Circuit){
		"another tag":     func(c *Circuit) { s := honest; s.Tag = publicinput.TagFund; c.Statement = s.Element() },
		"a group more":    func(c *Circuit) { s := honest; s.Choice++; c.Statement = s.Element() },
		"an amount":       func(c *Circuit) { s := honest; s.Amount = 1; c.Statement = s.Element() },
		"a scenario more": func(c *Circuit) { s := honest; s.Name++; c.Statement = s.Element() },
		"standing":        func(c *Circuit) { s := honest; s.Standing = true; c.Statement = s.Element() },
		"a challenge":     func(c *Circuit) { c.Challenge = gadget.Signed(1) },
		"a scope":         func(c *Circuit) { c.Scope = gadget.Signed(1) },
		"other terms":     func(c *Circuit) { c.Terms = gadget.Signed(1) },
	} {
		forged := *assignment.Circuit // the constraints are read through its fields
		change(&forged)
		if groth.Solve(smallSystem(), &forged) == nil {
			t.Errorf("%s must be rejected", name)
		}
	}
}
