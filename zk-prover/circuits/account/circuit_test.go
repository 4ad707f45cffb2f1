package account

import (
	"math/rand/v2"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/test"

	"bulwark.io/circuits/publicinput"
	"bulwark.io/circuits/risktable"
)

func solved(shape Shape, assignment *Assignment) error {
	return test.IsSolved(New(shape), assignment.Circuit, ecc.BN254.ScalarField())
}

func numbers(rows []risktable.Row) []int64 {
	all := make([]int64, len(rows))
	for i, row := range rows {
		all[i] = row.Number
	}
	return all
}

// randomAccount draws an account that fits the shape.
func randomAccount(random *rand.Rand, shape Shape, table *risktable.Table, lotsMax int64) publicinput.AccountLeaf {
	account := publicinput.AccountLeaf{Number: random.Int64N(1 << (2 * shape.Depth)), Cash: random.Int64N(2_000_000_000) - 500_000_000}
	for _, number := range someOf(random, numbers(table.Instruments), shape.Positions) {
		entry := publicinput.Entry{Key: number, Lots: 1 + random.Int64N(lotsMax)}
		row, _ := (&evaluation{table: table}).row(publicinput.Instrument, number)
		kind := random.IntN(4)
		if row.PaidUp && kind >= 2 {
			account.Paid = append(account.Paid, entry)
		}
		if !row.PaidUp || kind != 2 {
			entry.Lots = 1 + random.Int64N(lotsMax)
			if random.IntN(2) == 0 {
				entry.Lots = -entry.Lots
			}
			account.Positions = append(account.Positions, entry)
		}
	}
	for _, key := range someOf(random, lineKeys(table), shape.Lines) {
		account.Lines = append(account.Lines, publicinput.Entry{Key: key, Lots: 1 + random.Int64N(lotsMax)})
	}
	return account
}

func lineKeys(table *risktable.Table) []int64 {
	var keys []int64
	for _, row := range table.Collateral {
		keys = append(keys, 2*row.Number, 2*row.Number+1)
	}
	return keys
}

func TestShouldAcceptTheIntegerOfTheFormula(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for round := range 20 {
		table := parsedTable(t, randomTable(random, smallPlan))
		account := randomAccount(random, small, table, 5000)
		request := sealRequest(random, small, table, account, publicinput.Claim{Kind: publicinput.InitialMarginEquals})
		figures, err := Evaluate(table, request)
		if err != nil {
			t.Fatal(err)
		}
		request.Claim.Amount = figures.InitialMargin
		assignment, err := Assign(small, table, request)
		if err != nil {
			t.Log(round, err)
			continue
		}
		if err := solved(small, assignment); err != nil {
			t.Fatalf("round %d: %+v %+v: %v", round, account, figures, err)
		}
	}
}
