package account

import (
	"math/rand/v2"
	"testing"

	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/internal/referencetest"
	"bulwark.io/circuits/internal/witnesstest"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
)

// Every reference account over venues has a proof of its margin to the unit, and of none beside it: seal, then challenge, over the
// reference's own table. One whose entries stand at venues for which the case gives no standing gets the 0 that booking writes.
func TestShouldProveEveryReferenceMarginOverVenues(t *testing.T) {
	witnesstest.FullTier(t)
	var reference referencetest.Table
	var cases struct{ Cases []referencetest.Case }
	referencetest.Read(t, "venue_table.json", &reference)
	referencetest.Read(t, "venue_cases.json", &cases)
	random, byShare, proved := rand.New(rand.NewPCG(223, 224)), map[int64]*risktable.Table{}, 0
	shape := full(Challenge)
	shape.Standings, shape.Structure = 5, reference.Parsed(t, 0).Structure
	system, err := groth.Compile(shape)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases.Cases {
		if c.Kind != "venue-margin" {
			continue
		}
		prefunding := reference.Table.Parameters.Prefunding
		if c.Prefunding != nil {
			prefunding = *c.Prefunding
		}
		if byShare[prefunding] == nil {
			byShare[prefunding] = reference.Parsed(t, prefunding)
		}
		table, expected := byShare[prefunding], c.Expected(t)
		account := booked(table, reference.Account(c))
		if _, err := slotsOf(shape, table, account, publicinput.Given); err != nil {
			t.Logf("%s: %v", c.Id, err)
			continue
		}
		claim := publicinput.Statement{Tag: publicinput.TagInitialMarginEquals, Amount: expected.IM}
		assignment, err := Assign(shape, table, requested(shape, table, sealRequest(random, shape, table, account, claim)))
		if err != nil {
			t.Errorf("%s: %v", c.Id, err)
			continue
		}
		if groth.Solve(system, assignment.Circuit) != nil {
			t.Errorf("%s: the reference's margin must be accepted", c.Id)
		}
		claimAmount(assignment, expected.IM+1)
		if proved++; proved%8 == 0 && groth.Solve(system, assignment.Circuit) == nil {
			t.Errorf("%s: a margin beside the reference's must be rejected", c.Id)
		}
	}
	if proved < 50 {
		t.Errorf("only %d accounts have a proof", proved)
	}
	t.Logf("%d accounts", proved)
}

// booked is an account with a standing wherever it has an entry at a venue that may act.
func booked(table *risktable.Table, account publicinput.AccountLeaf) publicinput.AccountLeaf {
	distances := map[int64]int64{}
	for _, standing := range account.Standings {
		distances[standing.Venue] = standing.Distance
	}
	note := func(rows []risktable.Row, number int64) {
		for _, row := range rows {
			if row.Number == number && row.Stands == publicinput.StandsActing {
				distances[row.Venue] += 0
			}
		}
	}
	for _, list := range [][]publicinput.Entry{account.Positions, account.Paid} {
		for _, entry := range list {
			note(table.Instruments, entry.Key)
		}
	}
	for _, entry := range account.Lines {
		note(table.Collateral, entry.Key/2)
	}
	account.Standings = nil
	for venue := range int64(len(table.Venues)) {
		if distance, stands := distances[venue]; stands {
			account.Standings = append(account.Standings, publicinput.Standing{Venue: venue, Distance: distance})
		}
	}
	return account
}
