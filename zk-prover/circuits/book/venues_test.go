package book

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/account"
	"bulwark.io/circuits/internal/keytest"
	"bulwark.io/circuits/internal/witnesstest"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/refusal"
)

// leavesOf are the leaves that a witness gives.
func leavesOf(b *Batch, shape Shape) map[int64]fr.Element {
	leaves := map[int64]fr.Element{}
	for t := range b.Accounts {
		leaves[int64(t)] = leafOf(b, shape, t)
	}
	return leaves
}

var venueForgeries = []forgery{
	{name: "an account without standings among those that have some", shape: venues, make: func(b *Batch) map[int64]fr.Element {
		return map[int64]fr.Element{0: publicinput.HashOf(publicinput.Account, listsOf(b, venues, 0, paidOf(b, venues, 0))...)}
	}},
	{name: "an account with standings among those that have none", shape: spot, make: func(b *Batch) map[int64]fr.Element {
		lists := listsOf(b, spot, 0, paidOf(b, spot, 0))
		return map[int64]fr.Element{0: leafOverVenues(lists, publicinput.StandingsHash(nil))}
	}},
	{name: "the standings of another account", shape: venues, make: func(b *Batch) map[int64]fr.Element {
		leaves := leavesOf(b, venues)
		b.Accounts[0].Standings[0] = b.Accounts[1].Standings[0]
		return leaves
	}},
	{name: "standings left out", shape: venues, make: func(b *Batch) map[int64]fr.Element {
		leaves := leavesOf(b, venues)
		b.Accounts[0].Standings[0] = publicinput.StandingsHash(nil)
		return leaves
	}},
}

// A number of 2³² more is one u of cash less in the element that both share: so a batch stands nowhere beyond the deepest tree.
func TestShouldRejectCashThatANumberLends(t *testing.T) {
	random := rand.New(rand.NewPCG(35, 36))
	shape := Shape{Levels: 3, Lines: 1, Assets: 1, Format: account.OverVenues}
	request := randomBatch(random, shape, 0, everyPlace, 0)
	for i := range request.Accounts {
		request.Accounts[i].Cash = 5
	}
	for _, lent := range []int64{0, 1} {
		assignment := batchOf(t, shape, request)
		b := assignment.Circuit.(*Batch)
		leaves := leavesOf(b, shape)
		for i := range b.Accounts {
			if i < len(request.Accounts) {
				b.Accounts[i].Cash.SetInt(5-lent, cashBits)
			} else {
				delete(leaves, int64(i))
			}
			settleEquity(b, &b.Accounts[i])
		}
		put(b.Index, publicinput.Signed(lent<<(keyBits-2*shape.Levels)), indexBits+indexSpare)
		recommit(assignment, shape, leaves)
		if accepts(t, shape, assignment) != (lent == 0) {
			t.Errorf("%d u lent by the number: accepted %t", lent, lent != 0)
		}
	}
	for index, accepted := range map[int64]bool{1<<shape.indexBits() - 1: true, 1 << shape.indexBits(): false} {
		assignment := withIndex(t, shape, randomBatch(random, shape, 0, nil, 0), publicinput.Signed(index))
		if accepts(t, shape, assignment) != accepted {
			t.Errorf("index %d must be accepted: %t", index, accepted)
		}
	}
	request.Index = 1 << shape.indexBits()
	if _, err := AssignBatch(shape, request); refusal.Of(err).Code != "OUT_OF_RANGE" {
		t.Errorf("an index beyond the deepest tree must be refused by name; have %v", err)
	}
}

// What is of the other format is refused by name, accounts and table.
func TestShouldRefuseTheOtherFormat(t *testing.T) {
	random := rand.New(rand.NewPCG(37, 38))
	for _, shape := range []Shape{spot, venues} {
		request := randomBatch(random, shape, 0, everyPlace, 1)
		request.Accounts[2].AtVenues = !request.Accounts[2].AtVenues
		if _, err := AssignBatch(shape, request); refusal.Of(err).Code != "FORMAT_DIFFERS" {
			t.Errorf("%v: have %v", shape, err)
		}
		listing := &risktable.Table{}
		if shape.Format != account.OverVenues {
			listing.Paths = []risktable.Path{{}}
		}
		bundle := &Bundle{}
		keys := VerifyingKeys{Shape: shape, Top: SumKey{Shape: SumShape{Assets: shape.Assets, Instruments: shape.Instruments,
			Height: shape.Levels, Fan: 1, Depth: 3}}}
		if err := bundle.Verify(keys, listing); refusal.Of(err).Code != "TABLE_SHAPE_DIFFERS" {
			t.Errorf("%v: a table of the other format: have %v", shape, err)
		}
	}
	value, document := canonical.Decode(canonical.Encode(append(spot.Encoded(), int64(0))), refusal.Key, "shape")
	if readShape(value); refusal.Of(document.Fault()).Code != "OUT_OF_RANGE" {
		t.Errorf("a shape says that accounts have standings, or nothing: %v", document.Fault())
	}
}

// A book whose batches are of accounts with standings, under the layers that every house has: sums open no account.
func TestShouldVerifyAHouseOverVenues(t *testing.T) {
	witnesstest.FullTier(t)
	random, shape, keys := rand.New(rand.NewPCG(39, 40)), spot, testKeys()
	shape.Format = account.OverVenues
	var err error
	if keys.Batch, err = keytest.Open(shape); err != nil {
		t.Fatal(err)
	}
	request := sealedHouseIn(random, shape, 3)
	bundle, kept, figures, err := keys.Prove(request, nil)
	if err != nil || figures.BatchesProved != 2 {
		t.Fatalf("two of three batches have accounts; have %+v, %v", figures, err)
	}
	verifying, err := keys.Verifying()
	if err != nil {
		t.Fatal(err)
	}
	if err := copied(t, bundle).Verify(verifying, request.Table); err != nil {
		t.Fatalf("a true bundle must be accepted: %v", err)
	}
	request.Accounts = slices.Clone(request.Accounts)
	request.Accounts[5].Standings = []publicinput.Standing{{Venue: 9, Distance: -4}}
	if _, _, figures, err = keys.Prove(sealed(random, request), kept); err != nil || figures.BatchesProved != 1 {
		t.Errorf("a standing that moved changes its batch alone; have %+v, %v", figures, err)
	}
	request.Accounts[0].AtVenues = false
	if _, _, _, err := keys.Prove(request, nil); refusal.Of(err).Where != "request.accounts[0].version" {
		t.Errorf("an account of the other format must be refused by name; have %v", err)
	}
	if _, _, _, err := testKeys().Prove(request, nil); refusal.Of(err).Where != "table.version" {
		t.Errorf("a table that lists venues must be refused by name in a house without; have %v", err)
	}
}

// Claims and instruments with the largest numbers that there are.
func TestShouldHoldTheLargestNumbers(t *testing.T) {
	random := rand.New(rand.NewPCG(33, 34))
	request := randomBatch(random, venues, 0, everyPlace, 2)
	renumbered := map[int64]int64{}
	for side := range int64(2) {
		line := &request.Values.Lines[len(request.Values.Lines)-2+int(side)]
		renumbered[line.Key], line.Key = 2*risktable.LineAssetMax+side, 2*risktable.LineAssetMax+side
	}
	last := &request.Values.Instruments[len(request.Values.Instruments)-1]
	former := last.Number
	last.Number = math.MaxUint32
	for i := range request.Accounts {
		for j := range request.Accounts[i].Lines {
			if key, moved := renumbered[request.Accounts[i].Lines[j].Key]; moved {
				request.Accounts[i].Lines[j].Key = key
			}
		}
		for _, list := range [][]publicinput.Entry{request.Accounts[i].Positions, request.Accounts[i].Paid} {
			for j := range list {
				if list[j].Key == former {
					list[j].Key = last.Number
				}
			}
		}
	}
	assignment := batchOf(t, venues, request)
	if !accepts(t, venues, assignment) {
		t.Fatal("the largest numbers must be accepted")
	}
	assertTotals(t, request, assignment.Node.Totals)
}
