package boundary

import (
	"math/rand/v2"
	"testing"

	"bulwark.io/circuits/contagion"
	"bulwark.io/circuits/fund"
	"bulwark.io/circuits/internal/tabletest"
	"bulwark.io/circuits/refusal"
)

// Circuits that open no table with venues say so, before anything is computed.
func TestShouldRefuseVenuesWhereNoCircuitOpensThem(t *testing.T) {
	table := tabletest.Table(rand.New(rand.NewPCG(1, 2)), tabletest.VenuePlan(1))
	for name, parse := range map[string]func() error{
		"fund":      func() error { _, err := fund.ParseRequest(nil, table); return err },
		"contagion": func() error { _, err := contagion.TermsOf(contagion.Shape{}, table, nil, nil); return err },
	} {
		if err := parse(); refusal.Of(err).Code != "TABLE_SHAPE_DIFFERS" || refusal.Of(err).Where != "table.version" {
			t.Errorf("%s: have %v", name, err)
		}
	}
}
