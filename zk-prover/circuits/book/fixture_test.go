package book

import (
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/logger"

	"bulwark.io/circuits/account"
	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
)

func init() { logger.Disable() }

// The shapes of the fast tests: accounts of the cash market, accounts with positions and charges by size, the layers over the first.
var (
	spot   = Shape{Levels: 1, Lines: 3, Assets: 3}
	full   = Shape{Levels: 1, Lines: 2, Positions: 2, Assets: 2, Instruments: 3, Tiers: 2, Paid: 2}
	venues = Shape{Levels: 1, Lines: 2, Positions: 2, Assets: 2, Instruments: 2, Paid: 2, Format: account.OverVenues}
	layer  = SumShape{Assets: spot.Assets, Height: spot.Levels, Fan: 1}
	top    = SumShape{Assets: spot.Assets, Height: spot.Levels, Fan: 1, Depth: 3}
	higher = SumShape{Assets: spot.Assets, Height: spot.Levels + layer.Fan, Fan: 1, Depth: 3}
)

var systems sync.Map

func systemOf(t testing.TB, shape groth.Shape) *cs.R1CS {
	t.Helper()
	name := shape.Circuit() + shape.String()
	if system, ok := systems.Load(name); ok {
		return system.(*cs.R1CS)
	}
	system, err := groth.Compile(shape)
	if err != nil {
		t.Fatal(err)
	}
	systems.Store(name, system)
	return system
}

func randomElement(random *rand.Rand) (element fr.Element) {
	var bytes [48]byte
	for i := range bytes {
		bytes[i] = byte(random.Uint32())
	}
	element.SetBytes(bytes[:])
	return element
}

// randomValues are the values of as many assets and instruments as a shape holds, numbers from 0 with gaps.
func randomValues(random *rand.Rand, shape Shape) Values {
	values, number := Values{Residual: random.Int64N(50_000)}, int64(0)
	for range shape.Assets {
		value := random.Int64N(9_000_000)
		for side := range int64(2) {
			line := LineValue{Key: 2*number + side, Value: value}
			if side == 1 {
				line.Value = -value - random.Int64N(9_000)
			}
			for range shape.Tiers {
				line.Tiers = append(line.Tiers, risktable.Knot{Threshold: 1 + random.Int64N(3_000), Slope: random.Int64N(90_000)})
			}
			values.Lines = append(values.Lines, line)
		}
		number += 1 + random.Int64N(3)
	}
	number = -1
	for range shape.Instruments {
		number += 1 + random.Int64N(3)
		value := random.Int64N(9_000_000) * random.Int64N(2)
		values.Instruments = append(values.Instruments, InstrumentValue{Number: number, Long: value, Short: value})
	}
	return values
}

// someOf draws at least least and at most most different places below n, sorted.
func someOf(random *rand.Rand, n, least, most int) []int {
	drawn := random.Perm(n)[:least+random.IntN(min(most, n)-least+1)]
	slices.Sort(drawn)
	return drawn
}

// randomAccount draws an account with at least so many entries in every list.
func randomAccount(random *rand.Rand, shape Shape, values Values, number int64, least int) publicinput.AccountLeaf {
	account := publicinput.AccountLeaf{Number: number, Owner: randomElement(random), Salt: randomElement(random),
		Cash: random.Int64N(2_000_000_000) - 1_000_000_000, AtVenues: bool(shape.Format)}
	for _, row := range someOf(random, len(values.Lines), least, shape.Lines) {
		account.Lines = append(account.Lines, publicinput.Entry{Key: values.Lines[row].Key, Lots: 1 + random.Int64N(5_000)})
	}
	if shape.Positions > 0 {
		for _, row := range someOf(random, len(values.Instruments), least, shape.Positions) {
			lots := 1 + random.Int64N(5_000)
			account.Positions = append(account.Positions, publicinput.Entry{Key: values.Instruments[row].Number, Lots: lots - 2*lots*random.Int64N(2)})
		}
	}
	if shape.Paid > 0 {
		for _, row := range someOf(random, len(values.Instruments), least, shape.Paid) {
			account.Paid = append(account.Paid, publicinput.Entry{Key: values.Instruments[row].Number, Lots: 1 + random.Int64N(5_000)})
		}
	}
	if account.AtVenues {
		account.Standings = []publicinput.Standing{{Venue: 1 + random.Int64N(9), Distance: random.Int64() - random.Int64()}}
	}
	return account
}

// randomBatch draws a batch whose accounts are those places, each with at least so many entries.
func randomBatch(random *rand.Rand, shape Shape, index int64, places []int, least int) BatchRequest {
	request := BatchRequest{Index: index, Values: randomValues(random, shape), Blinding: randomElement(random)}
	for _, place := range places {
		request.Accounts = append(request.Accounts,
			randomAccount(random, shape, request.Values, index*int64(shape.Accounts())+int64(place), least))
	}
	return request
}

var everyPlace = []int{0, 1, 2, 3}

func batchOf(t testing.TB, shape Shape, request BatchRequest) *Assignment {
	t.Helper()
	assignment, err := AssignBatch(shape, request)
	if err != nil {
		t.Fatal(err)
	}
	return assignment
}

func accepts(t testing.TB, shape groth.Shape, assignment *Assignment) bool {
	t.Helper()
	return groth.Solve(systemOf(t, shape), assignment.Circuit) == nil
}
