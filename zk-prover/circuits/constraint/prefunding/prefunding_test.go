package prefunding

import (
	"math/rand/v2"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/logger"
	"github.com/consensys/gnark/test"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/internal/tabletest"
	"bulwark.io/circuits/plain/formula"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
)

func init() { logger.Disable() }

// slots is the number of standings in the tests.
const slots = 3

// chargeAlone is a circuit of the charge on given lots over a constant table: what the account circuit opens stands here as constants, its
// identities at a point as equalities, and the worst losses without paths are given.
type chargeAlone struct {
	Families  []frontend.Variable `gnark:",public"` // with paths
	Standings frontend.Variable   `gnark:",public"` // hash of the list

	Worst  []frontend.Variable
	Slots  []Standing
	Stands []Stand
	Lots   []frontend.Variable
	Inputs Inputs

	book book
}

// book is an account laid into the slots.
type book struct {
	packing publicinput.Packing
	table   *risktable.Table
	sums    *formula.Sums
}

func (c *chargeAlone) Define(api frontend.API) error {
	table := c.book.table
	ranges, zeros := gadget.NewRanges(api), gadget.NewZeros(api)
	hash, err := ListHash(gadget.NewHasher(api), api, ranges, zeros, c.Slots)
	if err != nil {
		return err
	}
	api.AssertIsEqual(hash, c.Standings)
	rows := make([]Summand, len(c.Lots))
	for i, entry := range c.book.sums.Entries {
		stands := Stands(api, ranges, &c.Stands[i], c.Slots)
		above := int64(1) << publicinput.VenueBits // in the head they share an element
		api.AssertIsEqual(api.Add(c.Stands[i].Venue, api.Mul(stands, above)), entry.Row.Venue+above*entry.Row.Stands)
		rows[i] = Summand{Lots: c.Lots[i], Stand: &c.Stands[i], Position: entry.Row.Domain != publicinput.Collateral &&
			entry.Row.Domain != publicinput.Debt}
	}
	loss := func(row int) frontend.Variable {
		sum := frontend.Variable(0)
		for i, entry := range c.book.sums.Entries {
			sum = api.Add(sum, api.Mul(c.Lots[i], entry.Row.Loss[row]))
		}
		return sum
	}
	outcome := Define(api, ranges, zeros, Table{Structure: table.Structure, Packing: c.book.packing, Share: table.Parameters.Prefunding},
		Account{Cash: c.book.sums.CountedCash(), Standings: c.Slots, Loss: loss, Families: c.Worst}, &c.Inputs)
	for k, worst := range outcome.Families {
		api.AssertIsEqual(worst, c.Families[k])
	}
	for element := range c.book.packing.Elements(publicinput.VenueCells) {
		powers := make([]frontend.Variable, len(outcome.Columns[0]))
		for k := range powers {
			powers[k] = 0
		}
		powers[element] = 1
		for i, entry := range c.book.sums.Entries {
			rows[i].Value = c.book.packing.Pack(entry.Row.AtVenue)[element]
		}
		AssertSums(api, powers, rows, outcome.Columns)
	}
	zeros.Assert()
	return nil
}

func Honest(_ string, candidates ...int64) int64 {
	most := candidates[0]
	for _, candidate := range candidates {
		most = max(most, candidate)
	}
	return most
}

// without are the worst losses without paths.
func (b book) without() []int64 {
	plain := *b.table
	plain.Structure.Paths = nil
	sums := *b.sums
	sums.Table = &plain
	return sums.Components().Families
}

func (b book) loss(row int) int64 {
	sum := int64(0)
	for _, entry := range b.sums.Entries {
		sum += entry.Lots * entry.Row.Loss[row]
	}
	return sum
}

// assigned is the witness of a prover who changes results on their way, over these sums of cells.
func (b book) assigned(cells [][]int64, change Change) *chargeAlone {
	inputs, families := Assign(Book{Sums: b.sums, Standings: slots, Cells: cells, Loss: b.loss, Families: b.without()}, change)
	c := &chargeAlone{Standings: publicinput.StandingsHash(b.sums.Standings), Slots: AssignStandings(b.sums.Standings, slots), Inputs: inputs}
	for k, worst := range families {
		c.Families, c.Worst = append(c.Families, gadget.Signed(worst)), append(c.Worst, gadget.Signed(b.without()[k]))
	}
	for _, entry := range b.sums.Entries {
		c.Lots, c.Stands = append(c.Lots, gadget.Signed(entry.Lots)), append(c.Stands, AssignStand(b.sums, entry, slots))
	}
	return c
}

func (b book) honest() *chargeAlone { return b.assigned(b.cells(), Honest) }

func (b book) cells() [][]int64 { return b.sums.VenueCells(formula.VenueSlots + slots) }

func (b book) accepts(assignment *chargeAlone) bool {
	circuit := &chargeAlone{Families: make([]frontend.Variable, len(b.table.Families)), Worst: make([]frontend.Variable,
		len(b.table.Families)),
		Slots: make([]Standing, slots), Lots: make([]frontend.Variable, len(b.sums.Entries)), Inputs: NewInputs(b.table.Structure,
			slots), book: b}
	for range b.sums.Entries {
		circuit.Stands = append(circuit.Stands, NewStand(slots))
	}
	return test.IsSolved(circuit, assignment, ecc.BN254.ScalarField()) == nil
}

// drawn draws accounts with standings until visit has seen so many; every fifth is extreme.
func drawn(t *testing.T, random *rand.Rand, rounds int, visit func(round int, b book)) {
	t.Helper()
	for round := 0; round < rounds; {
		table := tabletest.Table(random, tabletest.VenuePlan(1))
		for range 10 {
			lotsMax := int64(5000)
			if round%5 == 4 {
				lotsMax = 1 << 28
			}
			packing := []publicinput.Packing{publicinput.Wide, publicinput.Narrow}[round%2]
			account, fits := tabletest.Standings(random, table, tabletest.Account(random, table, 5, 4, lotsMax), slots, lotsMax)
			if !fits {
				continue
			}
			sums, err := formula.Sum(table, account)
			if err != nil || sums.Gross().BitLen() > packing.LimitBits() || round >= rounds {
				continue
			}
			visit(round, book{packing, table, sums})
			round++
		}
	}
}

func TestShouldAcceptTheFormulasIntegers(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	seen := map[string]int{}
	drawn(t, random, 120, func(round int, b book) {
		honest, c := b.honest(), b.sums.Components()
		for k, family := range c.Families {
			if honest.Families[k] != gadget.Signed(family) {
				t.Fatalf("seed 1,2 round %d: family %d is not the formula's %d", round, k, family)
			}
			if family > b.without()[k] {
				seen["a path is worse"]++
			}
		}
		if !b.accepts(honest) {
			t.Fatalf("seed 1,2 round %d: the honest witness must be accepted", round)
		}
		b.note(seen, c)
	})
	if len(seen) != 9 {
		t.Errorf("what must be seen: %v", seen)
	}
}

func (b book) note(seen map[string]int, c *formula.Components) {
	note := func(what string, is bool) {
		if is {
			seen[what]++
		}
	}
	note("money is owed to the house", c.Venues.Free < 0)
	note("a standing without entries", len(b.sums.Standings) > 0 && len(b.sums.Entries) == 0)
	for _, need := range c.Venues.Needs {
		note("negative distance", need.Distance < 0)
		note("no distance", need.Distance == 0)
		for p := range need.Needs {
			note("a venue needs money", need.Needs[p] > 0)
			note("a venue's distance is enough", need.Losses[p] > 0 && need.Needs[p] == 0)
		}
	}
	for _, path := range c.Venues.Paths {
		for _, end := range path.Ends {
			note("free entries lose on the way", end.Residual > 0)
			note("free money is enough", end.Missing == 0)
		}
	}
}

func TestShouldSayThatEachResultIsTheFormulas(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	names := map[string]int{}
	drawn(t, random, 6, func(round int, b book) {
		for _, shift := range []int64{-1, 1} {
			for place := 0; ; place++ {
				at, touched := 0, ""
				forged := b.assigned(b.cells(), func(name string, candidates ...int64) int64 {
					value := Honest(name, candidates...)
					if at++; at-1 == place {
						touched = name
						value += shift
					}
					return value
				})
				if touched == "" {
					break
				}
				names[touched]++
				if b.accepts(forged) {
					t.Errorf("seed 3,4 round %d: %s%+d must be rejected", round, touched, shift)
				}
			}
		}
	})
	if len(names) != 5 {
		t.Errorf("results that were changed: %v", names)
	}
}

// A maximum that is attained, but by another part than the largest.
func TestShouldRejectASmallerMaximumThatIsAttained(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	names := map[string]int{}
	drawn(t, random, 30, func(round int, b book) {
		for place := 0; ; place++ {
			at, touched := 0, ""
			forged := b.assigned(b.cells(), func(name string, candidates ...int64) int64 {
				most := Honest(name, candidates...)
				for _, candidate := range candidates {
					if candidate < most && touched == "" {
						if at++; at-1 == place {
							touched = name
							return candidate
						}
						break
					}
				}
				return most
			})
			if touched == "" {
				return
			}
			names[touched]++
			if b.accepts(forged) {
				t.Errorf("seed 5,6 round %d: a smaller %s must be rejected", round, touched)
			}
		}
	})
	if len(names) != 4 {
		t.Errorf("maxima that were changed: %v", names)
	}
}

func value(x int64) frontend.Variable { return gadget.Signed(x) }

// shifted is x·2^bits, mod r: negative bits are a fraction.
func shifted(x int64, bits int) fr.Element {
	power := new(fr.Element).SetBigInt(gadget.Power(max(bits, -bits)))
	if bits < 0 {
		power.Inverse(power)
	}
	element := publicinput.Signed(x)
	return *power.Mul(power, &element)
}

func add(to *frontend.Variable, x fr.Element) {
	sum := (*to).(fr.Element)
	*to = *sum.Add(&sum, &x)
}
