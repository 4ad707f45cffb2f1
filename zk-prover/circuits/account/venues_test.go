package account

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/constraint/margin"
	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/internal/tabletest"
	"bulwark.io/circuits/internal/witnesstest"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/formula"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/plain/tree"
	"bulwark.io/circuits/refusal"
)

var venueShapes = []Shape{smallAtVenues, atVenues, compactAtVenues}

// The integer of the formula on accounts with standings, in every opening and candidate, and none beside it.
func TestShouldAcceptExactlyTheIntegerOfTheFormulaWithVenues(t *testing.T) {
	random := rand.New(rand.NewPCG(201, 202))
	prefunded, rounds := 0, witnesstest.Size(48, 2000)
	for round := range rounds {
		candidate := int64(round % 3)
		d := drawFor(t, random, venueShapes[round%3], candidate, lotsMaxOf(round)>>(round%5/4*3), anyAccount)
		kind := int64(publicinput.TagExcessOverInitial)
		if candidate == publicinput.Given {
			kind = publicinput.TagInitialMarginEquals
		}
		claim, possible := d.claimOf(kind, candidate)
		if !possible {
			continue
		}
		slots, _ := slotsOf(d.shape, d.table, d.request.Account, candidate)
		if slots.sums.Components().Prefunding > 0 {
			prefunded++
		}
		d.request.Claim = claim
		assignment := assign(t, d)
		if !accepts(assignment) {
			t.Fatalf("seed 201,202 round %d: the claim at its bound must be accepted", round)
		}
		claimAmount(assignment, claim.Amount+1)
		if accepts(assignment) {
			t.Fatalf("seed 201,202 round %d: one past the bound must be rejected", round)
		}
	}
	if prefunded < rounds/16 {
		t.Errorf("only %d of %d accounts pay prefunding", prefunded, rounds)
	}
}

// standingEverywhere draws an account with an entry in every slot of the shape, none of whose leaves leaves its tail out, and whose
// losses of expected shortfall differ: of equal ones at the quantile a prover may choose which he counts as beyond it.
func standingEverywhere(t *testing.T, random *rand.Rand, shape Shape) drawn {
	t.Helper()
	return drawFor(t, random, shape, publicinput.Given, 5000, func(account publicinput.AccountLeaf, e seen) bool {
		return len(e.instruments) == shape.Positions && len(account.Lines) == shape.Lines && len(e.sums.Groups) == shape.Groups &&
			len(account.Standings) == shape.Standings && len(account.Paid) > 0 && account.Cash < 0 &&
			!slices.ContainsFunc(e.rows, func(entry formula.Entry) bool { return entry.Row.Short() }) && distinct(e.sums.EsLosses)
	})
}

func distinct(losses []int64) bool {
	sorted := slices.Sorted(slices.Values(losses))
	return len(slices.Compact(sorted)) == len(losses)
}

func TestShouldRejectEveryMutationOfAFullWitnessWithVenues(t *testing.T) {
	random := rand.New(rand.NewPCG(203, 204))
	for _, shape := range venueShapes {
		assertSurvivors(t, survivors(t, random, assign(t, standingEverywhere(t, random, shape))), challengeOnly)
	}
}

// What an account stands at is in its leaf: of another account or another epoch, better by 1, or without one of them.
func TestShouldRejectStandingsThatAreNotTheLeafs(t *testing.T) {
	random := rand.New(rand.NewPCG(205, 206))
	for name, change := range map[string]func(*publicinput.AccountLeaf){
		"one better": func(account *publicinput.AccountLeaf) { account.Standings[0].Distance++ },
		"the last left out": func(account *publicinput.AccountLeaf) {
			account.Standings = account.Standings[:len(account.Standings)-1]
		},
		"of another account": func(account *publicinput.AccountLeaf) {
			for i := range account.Standings {
				account.Standings[i].Distance = 7_000_000 * int64(account.Number+int64(i)+1)
			}
		},
	} {
		d := drawFor(t, random, atVenues, publicinput.Given, 5000, func(account publicinput.AccountLeaf, e seen) bool {
			if len(account.Standings) == 0 || e.sums.CountedCash() < 0 {
				return false
			}
			last := account.Standings[len(account.Standings)-1].Venue
			return !slices.ContainsFunc(e.rows, func(entry formula.Entry) bool { return entry.Row != nil && entry.Row.Venue == last })
		})
		honest := assign(t, d)
		better := d
		better.request.Account.Standings = slices.Clone(d.request.Account.Standings)
		change(&better.request.Account)
		better.request = reseal(atVenues, better.request)
		forged := forge(better, margin.Honest)
		if !accepts(forged) {
			t.Fatalf("%s: in an epoch of its own it must be accepted", name)
		}
		c := forged.Circuit
		c.Epoch, c.Seal = honest.Circuit.Epoch, honest.Circuit.Seal
		if accepts(forged) {
			t.Errorf("%s, as of another epoch: must be rejected", name)
		}
		c.Account.Path = honest.Circuit.Account.Path
		if accepts(forged) {
			t.Errorf("%s: must be rejected", name)
		}
	}
}

// The formats never mix: an account's leaf without standings, and rows of a table without venues, open in no circuit over venues.
func TestShouldRejectLeavesOfTheOtherFormat(t *testing.T) {
	random := rand.New(rand.NewPCG(207, 208))
	for _, shape := range venueShapes {
		d := drawFor(t, random, shape, publicinput.Given, 5000, func(account publicinput.AccountLeaf, _ seen) bool {
			return len(account.Standings) == 0 && len(account.Positions) > 0
		})
		plain := d
		plain.request.Account.AtVenues = false
		plain.request = requested(shape, d.table, reseal(shape, plain.request))
		if _, err := Assign(shape, d.table, plain.request); refusal.Of(err).Code != "FORMAT_DIFFERS" {
			t.Errorf("an account of the other format must be refused by name: %v", err)
		}
		if accepts(forge(plain, margin.Honest)) {
			t.Errorf("%s: an account of the other format must be rejected", shape.Opening)
		}
		if !shape.Opening.Sealed() {
			continue
		}
		opened := *d.table
		for _, rows := range []*[]risktable.Row{&opened.Instruments, &opened.Shorts, &opened.Collateral, &opened.Debts} {
			*rows = slices.Clone(*rows)
			for i := range *rows {
				(*rows)[i].AtVenue = nil
			}
		}
		plain = d
		plain.opened = &opened
		if accepts(forge(plain, margin.Honest)) {
			t.Errorf("%s: rows of the other format must be rejected", shape.Opening)
		}
	}
}

// The structure that a circuit fixes has the paths: one over other paths opens no leaf of the table.
func TestShouldRejectACircuitOverOtherPaths(t *testing.T) {
	random := rand.New(rand.NewPCG(209, 210))
	d := drawFor(t, random, smallAtVenues, publicinput.Given, 5000, holding)
	for name, change := range map[string]func(paths []risktable.Path) []risktable.Path{
		"first of another row": func(paths []risktable.Path) []risktable.Path { paths[2].First = 4; return paths },
		"a then dropped":       func(paths []risktable.Path) []risktable.Path { paths[0].Then = paths[0].Then[1:]; return paths },
		"a path left out":      func(paths []risktable.Path) []risktable.Path { return paths[:len(paths)-1] },
		"the same paths":       func(paths []risktable.Path) []risktable.Path { return paths },
	} {
		other, table := d, *d.table
		table.Paths = change(slices.Clone(d.table.Paths))
		other.table, other.shape.Structure = &table, table.Structure
		system, err := groth.Compile(other.shape)
		if err != nil {
			t.Fatal(err)
		}
		laid, err := slotsOf(other.shape, other.table, d.request.Account, publicinput.Given)
		if err != nil {
			t.Fatal(err)
		}
		if accepted := groth.Solve(system, forgeSlots(other, laid, margin.Honest).Circuit) == nil; accepted != (name == "the same paths") {
			t.Errorf("%s: accepted %t", name, accepted)
		}
	}
}

// A share χ that is a fraction mod r makes up for a maintenance share that is too small, where nothing is missing and so nothing is
// charged.
func TestShouldRejectAShareThatLendsToTheMaintenanceShare(t *testing.T) {
	random := rand.New(rand.NewPCG(211, 212))
	for _, shape := range venueShapes {
		d := drawFor(t, random, shape, publicinput.Given, 5000, func(_ publicinput.AccountLeaf, e seen) bool {
			for _, path := range e.Venues.Paths {
				if slices.ContainsFunc(path.Ends, func(end formula.PathEnd) bool { return end.Missing > 0 }) {
					return false
				}
			}
			return e.Liability
		})
		const less = 700_000
		lying := *d.table
		lying.Parameters.Phi -= less
		milder := d
		milder.table = &lying
		forged := forge(milder, margin.Honest)
		share := &forged.Circuit.Table.Global.Parameters.Share[0]
		fraction := new(fr.Element).SetBigInt(gadget.Power(216 - 32))
		fraction.Inverse(fraction)
		lent := publicinput.Signed(less)
		lent.Mul(&lent, fraction)
		value := (*share).(fr.Element)
		*share = *value.Add(&value, &lent)
		if !accepts(assign(t, d)) || accepts(forged) {
			t.Errorf("%s: must be rejected", shape.Opening)
		}
	}
}

func TestShouldRefuseByNameWhatHasNoProofOverVenues(t *testing.T) {
	random := rand.New(rand.NewPCG(213, 214))
	d := drawFor(t, random, smallAtVenues, publicinput.Given, 5000, func(account publicinput.AccountLeaf, e seen) bool {
		return len(account.Standings) > 0 && slices.ContainsFunc(e.rows, func(entry formula.Entry) bool {
			return entry.Row != nil && entry.Row.Stands == publicinput.StandsActing
		})
	})
	for _, c := range []struct {
		code, where string
		change      func(*Shape, *publicinput.AccountLeaf)
	}{
		{"NO_STANDING", "", func(_ *Shape, account *publicinput.AccountLeaf) { account.Standings = nil }},
		{"NO_PROOF_IN_THIS_SHAPE", "account.standings", func(shape *Shape, _ *publicinput.AccountLeaf) { shape.Standings = 0 }},
		{"UNKNOWN_ID", "account.standings[0].venue", func(_ *Shape, account *publicinput.AccountLeaf) {
			account.Standings = []publicinput.Standing{{Venue: 77}}
		}},
	} {
		shape, account := d.shape, d.request.Account
		c.change(&shape, &account)
		_, err := Commit(shape, d.table, account, publicinput.Given, publicinput.Signed(1))
		if fault := refusal.Of(err); err == nil || fault.Code != c.code || c.where != "" && fault.Where != c.where {
			t.Errorf("want %s at %s, have %v", c.code, c.where, err)
		}
	}
}

func TestShouldReadTheShapeThatItWritesWithVenues(t *testing.T) {
	for _, shape := range []Shape{small, buffered, smallAtVenues, withVenues(buffered)} {
		root, document := canonical.Decode(canonical.Encode(shape.Encoded()), refusal.Request, "shape")
		if read := readShape(root); document.Fault() != nil || read.String() != shape.String() || read.Standings != shape.Standings {
			t.Errorf("%s: %v", shape, document.Fault())
		}
	}
	withoutPaths, withoutStandings := smallAtVenues, smallAtVenues
	withoutPaths.Structure.Paths, withoutStandings.Standings = nil, 0
	for _, shape := range []Shape{withoutPaths, withoutStandings} {
		root, document := canonical.Decode(canonical.Encode(shape.Encoded()), refusal.Request, "shape")
		if readShape(root); refusal.Of(document.Fault()).Code != "BAD_SHAPE" {
			t.Errorf("standings and paths go together: %v", document.Fault())
		}
	}
	root, document := canonical.Decode(canonical.Encode(atVenues.Encoded()), refusal.Request, "shape")
	if read := ReadCallShape(root); document.Fault() != nil || read.String() != atVenues.String() {
		t.Errorf("the shape of a call: %v", document.Fault())
	}
}

func TestShouldReadAnAccountWithStandings(t *testing.T) {
	zero := make([]byte, fr.Bytes)
	encoded := func(version int64, standings ...any) []byte {
		fields := []any{"bulwark-account", version, int64(3), zero, zero, int64(-7), []any{}, []any{}, []any{}, []any{}}
		return canonical.Encode(append(fields, standings...))
	}
	account, err := ParseAccount(encoded(2, []any{[]any{int64(1), int64(-5)}, []any{int64(4), int64(9)}}))
	if err != nil || !account.AtVenues || !slices.Equal(account.Standings, []publicinput.Standing{{Venue: 1, Distance: -5}, {Venue: 4,
		Distance: 9}}) {
		t.Errorf("have %+v, %v", account, err)
	}
	if account, err = ParseAccount(encoded(1)); err != nil || account.AtVenues {
		t.Errorf("an account without standings is of the other format: %+v, %v", account, err)
	}
	if _, err = ParseAccount(encoded(2, []any{[]any{int64(4), int64(9)}, []any{int64(4),
		int64(9)}})); refusal.Of(err).Code != "IDS_NOT_INCREASING" {
		t.Errorf("one standing a venue: %v", err)
	}
}

// In an evaluated leaf the domain stands above the head: the long side of a two-asset product does not open as the short one.
func TestShouldRejectTheLongSidesLeafForShortLots(t *testing.T) {
	random := rand.New(rand.NewPCG(215, 216))
	for _, shape := range []Shape{smallAtVenues, compactAtVenues} {
		place := -1
		d := drawFor(t, random, shape, publicinput.Given, 5000, func(_ publicinput.AccountLeaf, e seen) bool {
			place = slices.IndexFunc(e.rows, func(entry formula.Entry) bool {
				return entry.Row != nil && entry.Row.Domain == publicinput.InstrumentShort && entry.Lots < 0
			})
			return place >= 0
		})
		laid, err := slotsOf(shape, d.table, d.request.Account, publicinput.Given)
		if err != nil {
			t.Fatal(err)
		}
		number := laid.rows[place].Row.Number
		lying := *d.table
		lying.Shorts = slices.Clone(d.table.Shorts)
		for i := range lying.Shorts {
			if long, _ := formula.Instrument(d.table, number, 1); lying.Shorts[i].Number == number {
				lying.Shorts[i] = *long
				lying.Shorts[i].Domain = publicinput.InstrumentShort
			}
		}
		other := d
		other.table = &lying
		forged := forge(other, margin.Honest)
		leaf, _ := d.table.Place(publicinput.Instrument, number)
		evaluated := d.table.EvaluateAt(shape.Opening.Packing(), publicinput.RhoOf(d.request.Epoch.Digest(), d.request.Sealed.Root))
		children, digits := evaluated.Path(leaf)
		for level := range children {
			forged.Circuit.Table.Instruments[place].Row.Path[level] = gadget.StepTo(digits[level], children[level])
		}
		if !accepts(forge(d, margin.Honest)) || accepts(forged) {
			t.Errorf("%s: must be rejected", shape.Opening)
		}
	}
}

// Standings count twice in the guard: 2·Σ|d| < 2⁶⁰.
func TestShouldProveUpToTheLimitOfStandings(t *testing.T) {
	random := rand.New(rand.NewPCG(217, 218))
	table := tabletest.Table(random, tabletest.VenuePlan(atVenues.Structure.EsRows))
	claim := publicinput.Statement{Tag: publicinput.TagInitialMarginEquals}
	at := func(distance int64) drawn {
		account := publicinput.AccountLeaf{Number: 3, AtVenues: true, Standings: []publicinput.Standing{{Venue: 1, Distance: distance}}}
		return drawn{shape: atVenues, table: table, opened: table, request: sealRequest(random, atVenues, table, account, claim)}
	}
	const limit = 1 << 59
	d := at(limit - 1)
	if !accepts(assign(t, d)) {
		t.Fatal("a distance below 2⁵⁹ must be accepted")
	}
	laid, err := slotsOf(atVenues, table, d.request.Account, publicinput.Given)
	if err != nil {
		t.Fatal(err)
	}
	d = at(limit)
	if _, err := Assign(atVenues, table, d.request); refusal.Of(err).Code != "TOO_LARGE" {
		t.Errorf("a distance of 2⁵⁹ must be refused by name: %v", err)
	}
	sums := *laid.sums
	sums.Standings = d.request.Account.Standings
	laid.sums = &sums
	if accepts(forgeSlots(d, laid, margin.Honest)) {
		t.Fatal("a distance of 2⁵⁹ must be rejected in the circuit")
	}
}

// Sums of cells that are not those of the entries: a venue's entries lose 1 less on a path on which they ask for nothing, in the
// commitment too.
func TestShouldRejectVenueSumsThatAreNotTheEntries(t *testing.T) {
	random := rand.New(rand.NewPCG(219, 220))
	const standing, path = 0, 2
	for _, shape := range venueShapes {
		d := drawFor(t, random, shape, publicinput.Given, 5000, func(account publicinput.AccountLeaf, e seen) bool {
			return len(account.Standings) > 0 && e.Venues.Needs[standing].Needs[path] == 0
		})
		laid, err := slotsOf(shape, d.table, d.request.Account, publicinput.Given)
		if err != nil {
			t.Fatal(err)
		}
		for _, lie := range []int64{0, 1} {
			ways := waysOf(d, laid)
			if shape.Opening.Sealed() {
				commitment := lyingCommitment(d, laid, formula.VenueSlots+standing, 1+path, lie)
				requests := tree.New(publicinput.RequestDepth)
				requests.Update(map[int64]fr.Element{4: commitment})
				ways.request, _ = tree.Climb(commitment, 4, requests.Path(4))
				d.request.Sealed.Root = requests.Root()
				ways.evaluated = d.table.EvaluateAt(shape.Opening.Packing(), publicinput.RhoOf(d.request.Epoch.Digest(), requests.Root()))
			}
			forged := fill(shape, d.table, d.request, laid, ways, nil, margin.Honest)
			spare := &forged.Circuit.Margin.Venues[0].Venues[standing].Needs[path].Minus
			value, less := (*spare).(fr.Element), publicinput.Signed(lie)
			*spare = *value.Add(&value, &less)
			if accepts(forged) != (lie == 0) {
				t.Errorf("%s: a loss %d less: accepted %t", shape.Opening, lie, lie != 0)
			}
		}
	}
}

// lyingCommitment is the loss commitment in which one cell of a slot is less.
func lyingCommitment(d drawn, laid *slots, slot, cell int, less int64) fr.Element {
	elements := []fr.Element{d.request.Account.Hash(), d.request.Sealed.Salt, publicinput.Signed(publicinput.Given)}
	for _, number := range laid.groups {
		elements = append(append(elements, publicinput.Signed(number)), laid.sums.GroupColumns(laid.packing, number)...)
	}
	elements = append(elements, laid.sums.WholeColumns(laid.packing)...)
	venues, size := laid.venueColumns(), laid.packing.Elements(publicinput.VenueCells)
	at := slot*size + (slot - formula.VenueSlots + 1) + cell/laid.packing.Slots // a standing's number stands before its sums
	lie, place := publicinput.Signed(less), new(fr.Element).SetBigInt(gadget.Power(laid.packing.Bits*(cell%laid.packing.Slots)))
	venues[at].Sub(&venues[at], lie.Mul(&lie, place))
	return publicinput.HashOf(publicinput.LossCommitment, append(elements, venues...)...)
}

// The largest core there is: all of an account's gross stands free, loses it on the way and gains it where the path ends, at χ = 2.
func TestShouldProveACoreOfThreeTimesTheGross(t *testing.T) {
	random := rand.New(rand.NewPCG(221, 222))
	root, _ := canonical.Decode(tabletest.Encoding(random, tabletest.VenuePlan(atVenues.Structure.EsRows)), refusal.Table, "table")
	fields := root.Content().([]any)
	instrument := fields[10].([]any)[0].([]any)
	row := make([]any, atVenues.Structure.Rows)
	for i := range row {
		row[i] = int64(0)
	}
	row[0], row[1] = int64(-risktable.BoundMax), int64(risktable.BoundMax)
	for field, value := range map[int]any{3: int64(0), 5: int64(0), 6: row, 7: []any{}, 14: int64(risktable.BoundMax), 15: int64(0)} {
		instrument[field] = value
	}
	fields[13].([]any)[2] = int64(2 * risktable.Million)
	table, err := risktable.Parse(canonical.Encode(fields))
	if err != nil {
		t.Fatal(err)
	}
	account := publicinput.AccountLeaf{Number: 3, AtVenues: true, Positions: []publicinput.Entry{{Key: instrument[0].(int64),
		Lots: 1<<29 - 1}}}
	components, err := formula.Evaluate(table, account)
	if err != nil {
		t.Fatal(err)
	}
	if gross := int64(1<<29-1) * risktable.BoundMax; components.Stress/3 != gross || components.Families[0] != 3*gross {
		t.Fatalf("a core of three times %d; have %d", gross, components.Stress)
	}
	claim := publicinput.Statement{Tag: publicinput.TagInitialMarginEquals, Amount: components.InitialMargin}
	d := drawn{shape: atVenues, table: table, opened: table, request: sealRequest(random, atVenues, table, account, claim)}
	if !accepts(assign(t, d)) {
		t.Fatal("the largest core must be accepted")
	}
}
