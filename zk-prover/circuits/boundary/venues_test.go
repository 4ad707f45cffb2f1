package boundary

import (
	"math/rand/v2"
	"testing"

	"bulwark.io/circuits/account"
	"bulwark.io/circuits/book"
	"bulwark.io/circuits/contagion"
	"bulwark.io/circuits/fund"
	"bulwark.io/circuits/internal/tabletest"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/refusal"
)

// Circuits that open no table with venues say so, before anything is computed.
func TestShouldRefuseVenuesWhereNoCircuitOpensThem(t *testing.T) {
	table := tabletest.Table(rand.New(rand.NewPCG(1, 2)), tabletest.VenuePlan(1))
	for name, parse := range map[string]func() error{
		"book":      func() error { _, _, err := book.ParseHouse(nil, table); return err },
		"fund":      func() error { _, err := fund.ParseRequest(nil, table); return err },
		"contagion": func() error { _, err := contagion.TermsOf(contagion.Shape{}, table, nil, nil); return err },
	} {
		if err := parse(); refusal.Of(err).Code != "TABLE_SHAPE_DIFFERS" || refusal.Of(err).Where != "table.version" {
			t.Errorf("%s: have %v", name, err)
		}
	}
	zero, none := make([]byte, 32), []any{}
	booked := []any{"bulwark-account", int64(2), int64(3), zero, zero, int64(0), none, none, none, none, none}
	if _, err := account.ParseBooked(canonical.Encode(booked)); refusal.Of(err).Code != "FORMAT_DIFFERS" {
		t.Errorf("an account with standings: have %v", err)
	}
}
