package account

import (
	"math/rand/v2"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/constraint/margin"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/tree"
	"bulwark.io/circuits/refusal"
)

// sealing are the shapes that know tag 6.
var sealing = []Shape{small, smallChallenge, buffered, smallBuffered, atVenues, smallAtVenues, bufferedAtVenues}

// drawSealed draws an account whose epoch seals its margin, and the house's request to show it.
func drawSealed(t testing.TB, random *rand.Rand, shape Shape, needed suits) (drawn, publicinput.MarginLeaf) {
	t.Helper()
	d, buffer := drawFor(t, random, shape, publicinput.Given, 5000, needed), int64(0)
	if shape.opensTariff() {
		bound := int64(0)
		d, bound = drawBuffered(t, random, shape, publicinput.Given, 5000, needed)
		buffer = d.figures.Equity - d.figures.InitialMargin - bound
	}
	request := &d.request
	request.ByHouse, request.Challenge, request.Scope = true, fr.Element{}, fr.Element{}
	request.Claim = publicinput.Statement{Tag: publicinput.TagMarginSealed, Name: request.Account.Number + 1}
	leaf := publicinput.MarginLeaf{Number: request.Account.Number, Member: 7, Initial: d.figures.InitialMargin, Maintenance: d.figures.MaintenanceMargin,
		Equity: d.figures.Equity, Buffer: buffer, Salt: randomElement(random)}
	d.request = withMargins(d.request, leaf, request.Account.Number)
	return d, leaf
}

// withMargins seals a margin tree that holds a leaf at a place, beside others.
func withMargins(request Request, leaf publicinput.MarginLeaf, place int64) Request {
	margins := tree.New(small.Depth)
	for i := range int64(4) {
		margins.Update(map[int64]fr.Element{i: publicinput.Signed(11 + i)})
	}
	margins.Update(map[int64]fr.Element{place: leaf.Hash()})
	request.Epoch.MarginRoot = margins.Root()
	request.Margin = &SealedMargin{Member: leaf.Member, Salt: leaf.Salt, Path: margins.Path(place)}
	return request
}

func TestShouldShowThatTheSealedMarginIsTheFormulas(t *testing.T) {
	random := rand.New(rand.NewPCG(201, 202))
	for round := range 14 {
		d, _ := drawSealed(t, random, sealing[round%len(sealing)], anyAccount)
		assignment := assign(t, d)
		if !accepts(assignment) {
			t.Fatalf("round %d: the sealed leaf is the formula's", round)
		}
		named := publicinput.Statement{Tag: publicinput.TagMarginSealed, Name: d.request.Account.Number + 1}.Element()
		want := [publicinput.Count]fr.Element{publicinput.SealInput: assignment.Public[publicinput.SealInput], publicinput.StatementInput: named}
		if assignment.Public != want {
			t.Fatalf("round %d: seal and name are all that is public; have %v", round, assignment.Public)
		}
	}
}

// offByOne are the numbers of a leaf, each one unit off.
var offByOne = map[string]func(*publicinput.MarginLeaf, int64){
	"initial margin":     func(l *publicinput.MarginLeaf, by int64) { l.Initial += by },
	"maintenance margin": func(l *publicinput.MarginLeaf, by int64) { l.Maintenance += by },
	"equity":             func(l *publicinput.MarginLeaf, by int64) { l.Equity += by },
	"buffer":             func(l *publicinput.MarginLeaf, by int64) { l.Buffer += by },
	"number":             func(l *publicinput.MarginLeaf, by int64) { l.Number += by },
}

func TestShouldRejectASealedLeafThatIsOneOff(t *testing.T) {
	random := rand.New(rand.NewPCG(203, 204))
	for _, shape := range sealing {
		d, leaf := drawSealed(t, random, shape, anyAccount)
		for name, change := range offByOne {
			for _, by := range []int64{-1, 1, 1 << 50} {
				other := leaf
				change(&other, by)
				d.request = withMargins(d.request, other, d.request.Account.Number)
				if _, err := Assign(shape, d.table, d.request); refusal.Of(err).Code != "CLAIM_NOT_MET" {
					t.Errorf("%s %+d must be refused before proving; have %v", name, by, err)
				}
				if accepts(forgeSealed(d, margin.Honest)) {
					t.Errorf("%s %+d must be rejected", name, by)
				}
			}
		}
		d.request = withMargins(d.request, leaf, d.request.Account.Number)
		if !accepts(forgeSealed(d, margin.Honest)) {
			t.Fatal("the forger's way must make honest leaves, or it shows nothing")
		}
	}
}

// forgeSealed fills the circuit without asking whether the leaf is the formula's.
func forgeSealed(d drawn, change margin.Change) *Assignment {
	slots, err := slotsOf(d.shape, d.table, d.request.Account, d.request.Claim.Choice)
	if err != nil {
		panic(err)
	}
	charged, err := chargedBy(d.shape, d.table, d.request, slots)
	if err != nil {
		panic(err)
	}
	return fill(d.shape, d.table, d.request, slots, waysOf(d, slots), charged, change)
}

// A forger who also seals the root may put any figures into the tree: the circuit's own must then be other than the formula's.
func TestShouldRejectAMarginAboveTheFormulasThoughSealedSo(t *testing.T) {
	random := rand.New(rand.NewPCG(205, 206))
	d, leaf := drawSealed(t, random, small, anyAccount)
	leaf.Initial++
	d.request = withMargins(d.request, leaf, d.request.Account.Number)
	if accepts(forgeSealed(d, func(result string, candidates ...int64) int64 {
		if result == "initial margin" {
			return margin.Honest(result, candidates...) + 1
		}
		return margin.Honest(result, candidates...)
	})) {
		t.Fatal("IM + 1 in circuit and tree must be rejected")
	}
}

// state makes the public statement anew from what the witness chooses.
func state(d drawn, c *Circuit, change func(*publicinput.Statement)) {
	statement := d.request.Claim
	change(&statement)
	c.Chosen.Amount, c.Chosen.Name = gadget.Signed(statement.Amount), gadget.Signed(statement.Name)
	c.Chosen.Standing = gadget.Bit(statement.Standing)
	c.Statement = statement.Element()
}

// byOwner opens the owner and shows the nullifier of a scope.
func byOwner(d drawn, c *Circuit, epoch, scope fr.Element) {
	c.Owner = OwnerInputs{Secret: d.request.Secret, Tail: *new(fr.Element).SetBigInt(d.request.OwnerTail), ByHouse: gadget.Bit(false)}
	c.Nullifier = publicinput.NullifierOf(d.request.Secret, d.request.Epoch.House, epoch, scope, d.request.Account.Number)
}

func TestShouldRejectForgeriesOfASealedMargin(t *testing.T) {
	random := rand.New(rand.NewPCG(207, 208))
	for _, forgery := range []struct {
		name string
		make func(drawn, *Circuit)
	}{
		{"with a challenge", func(_ drawn, c *Circuit) { c.Challenge = gadget.Signed(5) }},
		{"with a scope", func(_ drawn, c *Circuit) { c.Scope = gadget.Signed(5) }},
		{"with a nullifier", func(_ drawn, c *Circuit) { c.Nullifier = gadget.Signed(5) }},
		{"with an amount", func(d drawn, c *Circuit) { state(d, c, func(s *publicinput.Statement) { s.Amount = 1 }) }},
		{"without a name", func(d drawn, c *Circuit) { state(d, c, func(s *publicinput.Statement) { s.Name = 0 }) }},
		{"of another name", func(d drawn, c *Circuit) { state(d, c, func(s *publicinput.Statement) { s.Name++ }) }},
		{"standing", func(d drawn, c *Circuit) { state(d, c, func(s *publicinput.Statement) { s.Standing = true }) }},
		{"by the owner", func(d drawn, c *Circuit) { byOwner(d, c, publicinput.Signed(d.request.Epoch.Number), fr.Element{}) }},
		{"of another candidate by name", func(d drawn, c *Circuit) {
			c.Chosen.Candidate = [3]frontend.Variable{gadget.Signed(0), gadget.Signed(1), gadget.Signed(0)}
			state(d, c, func(s *publicinput.Statement) { s.Choice = publicinput.AllPaid })
		}},
		{"under another tag", func(d drawn, c *Circuit) { state(d, c, func(s *publicinput.Statement) { s.Tag = 7 }) }},
		{"of another member", func(_ drawn, c *Circuit) { c.MarginLeaf[0].Member = gadget.Signed(8) }},
		{"under another salt", func(_ drawn, c *Circuit) { c.MarginLeaf[0].Salt = gadget.Signed(8) }},
		{"under nodes of its own", func(d drawn, c *Circuit) {
			root := tree.Digits(d.request.Account.Number, small.Depth)[0]
			c.MarginLeaf[0].Nodes[0][(root+1)%tree.Arity] = gadget.Signed(8)
		}},
		{"in another epoch's tree", func(d drawn, c *Circuit) {
			d.request.Epoch.MarginRoot = publicinput.Signed(4711)
			for i, element := range d.request.Epoch.Elements() {
				c.Epoch[i] = element
			}
			c.Seal = d.request.Epoch.Digest()
		}},
	} {
		t.Run(forgery.name, func(t *testing.T) {
			d, _ := drawSealed(t, random, small, anyAccount)
			assignment := assign(t, d)
			if !accepts(assignment) {
				t.Fatal("the honest witness must be accepted")
			}
			forgery.make(d, assignment.Circuit)
			if accepts(assignment) {
				t.Fatal("the forgery must be rejected")
			}
		})
	}
}

// Another account's leaf has another number, and stands at another place; the path's steps are those of the account.
func TestShouldRejectAnotherAccountsLeaf(t *testing.T) {
	random := rand.New(rand.NewPCG(209, 210))
	d, leaf := drawSealed(t, random, small, func(account publicinput.AccountLeaf, _ seen) bool { return account.Number < 15 })
	other := leaf
	other.Number++
	d.request = withMargins(d.request, other, other.Number)
	if accepts(forgeSealed(d, margin.Honest)) {
		t.Fatal("the neighbour's place must be rejected")
	}
	d.request = withMargins(d.request, other, leaf.Number)
	if accepts(forgeSealed(d, margin.Honest)) {
		t.Fatal("the neighbour's leaf must be rejected")
	}
}

// As it would be after the paid lots are returned, or without what is paid up: IM, MM and E are those of that candidate, sealed so.
func TestShouldRejectTheMarginOfAnotherCandidateThoughSealedSo(t *testing.T) {
	random := rand.New(rand.NewPCG(211, 212))
	for _, candidate := range []int64{publicinput.AllPaid, publicinput.Returned} {
		d, leaf := drawSealed(t, random, small, func(account publicinput.AccountLeaf, _ seen) bool { return len(account.Paid) > 0 })
		d.request.Claim.Choice = candidate
		figures := forgeSealed(d, margin.Honest).Figures
		leaf.Initial, leaf.Maintenance, leaf.Equity = figures.InitialMargin, figures.MaintenanceMargin, figures.Equity
		d.request = withMargins(d.request, leaf, leaf.Number)
		if accepts(forgeSealed(d, margin.Honest)) {
			t.Fatalf("candidate %d must be rejected", candidate)
		}
	}
}

// An epoch that publishes a buffer has one in its leaves: a shape that opens no tariff must not say that it is 0.
func TestShouldRejectASealedMarginWithoutTheTariffOfItsEpoch(t *testing.T) {
	random := rand.New(rand.NewPCG(213, 214))
	for _, shape := range []Shape{small, smallChallenge} {
		d, _ := drawSealed(t, random, shape, anyAccount)
		d.request.Epoch.BufferDigest = randomElement(random)
		if _, err := Assign(shape, d.table, d.request); refusal.Of(err).Code != "BUFFER_DIFFERS" {
			t.Fatalf("it must be refused before proving; have %v", err)
		}
		if accepts(forgeSealed(d, margin.Honest)) {
			t.Fatal("an epoch with a tariff must be rejected")
		}
	}
}

func TestShouldRefuseSealedMarginsByName(t *testing.T) {
	random := rand.New(rand.NewPCG(215, 216))
	for _, c := range []struct {
		code   string
		change func(*drawn)
	}{
		{"MUST_BE_ZERO", func(d *drawn) { d.request.Challenge = publicinput.Signed(1) }},
		{"MUST_BE_ZERO", func(d *drawn) { d.request.Scope = publicinput.Signed(1) }},
		{"MUST_BE_ZERO", func(d *drawn) { d.request.Claim.Amount = 1 }},
		{"NO_MARGIN_LEAF", func(d *drawn) { d.request.Margin = nil }},
		{"HOUSE_MUST_NAME", func(d *drawn) { d.request.Claim.Name = 0 }},
		{"HOUSE_MUST_NAME", func(d *drawn) { d.request.ByHouse = false }},
		{"KIND_NEEDS_GIVEN", func(d *drawn) { d.request.Claim.Choice = publicinput.AllPaid }},
		{"STANDING_NEEDS_OWNER", func(d *drawn) { d.request.Claim.Standing = true }},
		{"UNKNOWN_KIND", func(d *drawn) { d.shape = smallCompact }},
		{"UNKNOWN_KIND", func(d *drawn) { d.shape.Venues = 4 }},
	} {
		d, _ := drawSealed(t, random, small, anyAccount)
		c.change(&d)
		if _, err := Assign(d.shape, d.table, d.request); refusal.Of(err).Code != c.code {
			t.Errorf("want %s, have %v", c.code, err)
		}
	}
}

func TestShouldRejectEveryMutationOfASealedMargin(t *testing.T) {
	random := rand.New(rand.NewPCG(217, 218))
	for _, shape := range sealing {
		d, _ := drawSealed(t, random, shape, anyAccount)
		// The house has no secret: of the owner's witness nothing is read.
		assertSurvivors(t, survivorsOf(t, random, assign(t, d), `^(Seal|Challenge|Scope|Nullifier|Statement|Epoch_|Owner_|Chosen_|Account_|MarginLeaf_)`),
			`^Owner_(Secret|Tail)$`)
	}
}

// standing is a true claim of an owner, once an epoch or for good.
func standing(d drawn, stands bool) Request {
	request := d.request
	request.Claim.Standing = stands
	return request
}

func TestShouldStandThroughEpochsWhereTheStatementSaysSo(t *testing.T) {
	random := rand.New(rand.NewPCG(219, 220))
	for _, shape := range []Shape{small, smallCompact} {
		d := drawFor(t, random, shape, publicinput.Given, 5000, anyAccount)
		nullifiers := map[fr.Element]bool{}
		for _, stands := range []bool{false, true} {
			for range 2 {
				d.request.Epoch.Number++
				assignment, err := Assign(shape, d.table, standing(d, stands))
				if err != nil || !accepts(assignment) {
					t.Fatalf("standing %t must be accepted: %v", stands, err)
				}
				statement := d.request.Claim
				statement.Standing = stands
				if assignment.Public[publicinput.StatementInput] != statement.Element() {
					t.Fatalf("standing %t must be in the statement", stands)
				}
				nullifiers[assignment.Public[publicinput.NullifierInput]] = stands
			}
		}
		if len(nullifiers) != 3 {
			t.Fatalf("two epochs' nullifiers and one that stands; have %d", len(nullifiers))
		}
	}
}

func TestShouldRejectOneNullifierForTheOther(t *testing.T) {
	random := rand.New(rand.NewPCG(221, 222))
	d := draw(t, random, publicinput.Given, 5000)
	for _, stands := range []bool{false, true} {
		other, err := Assign(small, d.table, standing(d, !stands))
		if err != nil {
			t.Fatal(err)
		}
		assignment, err := Assign(small, d.table, standing(d, stands))
		if err != nil {
			t.Fatal(err)
		}
		assignment.Circuit.Nullifier = other.Public[publicinput.NullifierInput]
		if accepts(assignment) {
			t.Errorf("standing %t with the other nullifier must be rejected", stands)
		}
		assignment.Circuit.Nullifier, assignment.Circuit.Statement = assignment.Public[publicinput.NullifierInput], other.Public[publicinput.StatementInput]
		if accepts(assignment) {
			t.Errorf("standing %t under the other's statement must be rejected", stands)
		}
	}
}

func TestShouldRejectAStandingClaimOfTheHouse(t *testing.T) {
	random := rand.New(rand.NewPCG(223, 224))
	d := draw(t, random, publicinput.Given, 5000)
	d.request.ByHouse, d.request.Claim.Name = true, d.request.Account.Number+1
	assignment := assign(t, d)
	state(d, assignment.Circuit, func(s *publicinput.Statement) { s.Standing = true })
	if accepts(assignment) {
		t.Fatal("the house has no secret that a nullifier could stand by")
	}
	d.request.Claim.Standing = true
	if _, err := Assign(small, d.table, d.request); refusal.Of(err).Code != "STANDING_NEEDS_OWNER" {
		t.Fatalf("it must be refused before proving; have %v", err)
	}
}

// Each field of the statement past its range, carried into the next one: the same integer, said by other fields, or one that no statement has.
func TestShouldRejectAStatementWhoseFieldLeavesItsRange(t *testing.T) {
	random := rand.New(rand.NewPCG(225, 226))
	power := func(bits uint) fr.Element { return *new(fr.Element).SetBigInt(gadget.Power(int(bits))) }
	plus := func(x frontend.Variable, y fr.Element) fr.Element {
		element := x.(fr.Element)
		return *element.Add(&element, &y)
	}
	for _, carry := range []struct {
		name string
		make func(drawn, *Circuit)
	}{
		{"a kind of 2^8 more", func(d drawn, c *Circuit) {
			c.Chosen.Kind[2] = plus(c.Chosen.Kind[2], power(publicinput.StatementTagBits))
			c.Statement = plus(c.Statement, *new(fr.Element).SetUint64(3 << publicinput.StatementTagBits))
		}},
		{"a candidate of 2^7", func(d drawn, c *Circuit) {
			c.Chosen.Candidate[1] = power(publicinput.StatementChoiceBits)
			c.Statement = plus(c.Statement, power(publicinput.StatementStandingOffset))
		}},
		{"standing of 2", func(d drawn, c *Circuit) {
			c.Chosen.Standing = gadget.Signed(2)
			c.Statement = plus(c.Statement, power(publicinput.StatementAmountOffset))
			epoch := publicinput.Signed(-d.request.Epoch.Number)
			c.Nullifier = publicinput.NullifierOf(d.request.Secret, d.request.Epoch.House, epoch, d.request.Scope, d.request.Account.Number)
		}},
		{"an amount of 2^63 more", func(d drawn, c *Circuit) {
			c.Chosen.Amount = plus(c.Chosen.Amount, power(publicinput.StatementAmountBits))
			c.Statement = plus(c.Statement, power(publicinput.StatementAmountOffset+publicinput.StatementAmountBits))
		}},
		{"a name of 2^32 + 1", func(d drawn, c *Circuit) {
			c.Chosen.Name = plus(power(32), publicinput.Signed(1))
			name := power(publicinput.StatementNameOffset + 32)
			c.Statement = plus(plus(c.Statement, name), power(publicinput.StatementNameOffset))
		}},
		{"a tag borrowed from the name, mod r", func(d drawn, c *Circuit) {
			inverse := power(publicinput.StatementNameOffset)
			inverse.Inverse(&inverse) // a name that adds 1 to the tag
			c.Chosen.Name = inverse
			c.Statement = plus(c.Statement, publicinput.Signed(1))
		}},
		{"a tag borrowed from the amount, mod r", func(d drawn, c *Circuit) {
			inverse := power(publicinput.StatementAmountOffset)
			inverse.Inverse(&inverse)
			c.Chosen.Amount = plus(c.Chosen.Amount, inverse)
			c.Statement = plus(c.Statement, publicinput.Signed(1))
		}},
	} {
		t.Run(carry.name, func(t *testing.T) {
			for _, tag := range []int64{publicinput.TagExcessOverInitial, publicinput.TagInitialMarginEquals} {
				d := drawUntil(t, random, func(_ publicinput.AccountLeaf, e seen) bool { return e.Equity > e.InitialMargin })
				d.request.Claim.Tag = tag
				if tag == publicinput.TagExcessOverInitial {
					d.request.Claim.Amount = 0
				}
				assignment := assign(t, d)
				carry.make(d, assignment.Circuit)
				if accepts(assignment) {
					t.Fatalf("tag %d must be rejected", tag)
				}
			}
		})
	}
}

// The call's statement is all constants and the number: no other integer is shown.
func TestShouldRejectAnyOtherStatementOfACall(t *testing.T) {
	random := rand.New(rand.NewPCG(227, 228))
	d := called(t, random, -1, anyAccount)
	for _, change := range []func(*publicinput.Statement){
		func(s *publicinput.Statement) { s.Tag = publicinput.TagExcessOverMaintenance },
		func(s *publicinput.Statement) { s.Choice = 1 },
		func(s *publicinput.Statement) { s.Standing = true },
		func(s *publicinput.Statement) { s.Amount = 1 },
		func(s *publicinput.Statement) { s.Name++ },
		func(s *publicinput.Statement) { s.Name = 0 },
	} {
		assignment, err := AssignCall(small, d.table, d.request)
		if err != nil {
			t.Fatal(err)
		}
		statement := d.request.Claim
		change(&statement)
		assignment.Circuit.Statement = statement.Element()
		if acceptsCall(assignment) {
			t.Errorf("%+v must be rejected", statement)
		}
	}
}
