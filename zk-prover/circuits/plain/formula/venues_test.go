package formula

import (
	"slices"
	"testing"

	"bulwark.io/circuits/internal/referencetest"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/refusal"
)

func TestShouldComputeEveryReferenceCaseWithVenues(t *testing.T) {
	var tables referencetest.Table
	var cases struct{ Cases []referencetest.Case }
	referencetest.Read(t, "venue_table.json", &tables)
	referencetest.Read(t, "venue_cases.json", &cases)
	margins, refusals, byShare := 0, 0, map[int64]*risktable.Table{}
	for _, c := range cases.Cases {
		prefunding := tables.Table.Parameters.Prefunding
		if c.Prefunding != nil {
			prefunding = *c.Prefunding
		}
		if byShare[prefunding] == nil {
			byShare[prefunding] = tables.Parsed(t, prefunding)
		}
		switch c.Kind {
		case "venue-margin":
			margins++
			assertMargin(t, &tables, c, byShare[prefunding])
		case "venue-margin-error":
			refusals++
			expected := c.Expected(t)
			if _, err := Evaluate(byShare[prefunding], tables.Account(c)); refusal.Of(err).Code != expected.Error {
				t.Errorf("%s: want %s, have %v", c.Id, expected.Error, err)
			}
		}
	}
	if margins < 60 || refusals < 10 {
		t.Errorf("only %d accounts and %d refusals", margins, refusals)
	}
}

func assertMargin(t *testing.T, r *referencetest.Table, c referencetest.Case, table *risktable.Table) {
	t.Helper()
	expected := c.Expected(t)
	computed, err := Evaluate(table, r.Account(c))
	if err != nil {
		t.Errorf("%s: %v", c.Id, err)
		return
	}
	equal := func(what string, have, want int64) {
		if have != want {
			t.Errorf("%s: %s is %d, the reference says %d", c.Id, what, have, want)
		}
	}
	for k, family := range r.Table.Families {
		equal("family "+family.Name, computed.Families[k], expected.Families[family.Name])
	}
	for k, combo := range r.Table.Combos {
		equal("combo "+combo.Name, computed.Combos[k], expected.Combos[combo.Name])
	}
	for name, have := range map[string]int64{"basis": computed.Basis, "liquidity": computed.Liquidity, "concentration": computed.Concentration,
		"crowding": computed.Crowding, "skew": computed.Skew, "contagion": computed.Contagion, "quantisation": computed.Quantisation} {
		equal(name, have, expected.Addons[name])
	}
	equal("core", max(computed.Stress, computed.Shortfall), expected.Core)
	equal("IM", computed.InitialMargin, expected.IM)
	equal("MM", computed.MaintenanceMargin, expected.MM)
	equal("equity", computed.Equity, expected.Equity)
	equal("free", computed.Venues.Free, expected.Free)
	equal("prefunding", computed.Prefunding, expected.Prefunding)
	equal("paths", int64(len(computed.Venues.Paths)), int64(len(expected.Paths)))
	for p, path := range computed.Venues.Paths {
		equal("path", path.Loss, expected.Paths[p])
	}
	equal("venues", int64(len(computed.Venues.Needs)), int64(len(expected.Venues)))
	for i, need := range computed.Venues.Needs[:min(len(computed.Venues.Needs), len(expected.Venues))] {
		want := expected.Venues[i]
		if r.Table.Venues[need.Venue].Id != want.Venue || need.Distance != want.Distance || !slices.Equal(need.Losses, want.Loss) ||
			!slices.Equal(need.Needs, want.Need) {
			t.Errorf("%s: venue is %+v, the reference says %+v", c.Id, need, want)
		}
	}
}
