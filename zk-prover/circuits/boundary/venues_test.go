package boundary

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"bulwark.io/circuits/account"
	"bulwark.io/circuits/contagion"
	"bulwark.io/circuits/fund"
	"bulwark.io/circuits/internal/tabletest"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/refusal"
)

// A vault table lists no venues, and a shape of accounts without standings knows no table that does: said before anything is computed.
func TestShouldRefuseTablesThatListVenuesWhereNoneIsOpened(t *testing.T) {
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

// What Java sends of a house whose tables list venues: leaves, charges, commitments, claims and calls of accounts with standings.
func TestShouldAnswerForAccountsWithStandings(t *testing.T) {
	encoding := tabletest.Encoding(rand.New(rand.NewPCG(3, 4)), tabletest.VenuePlan(1))
	table, err := risktable.Parse(encoding)
	if err != nil {
		t.Fatal(err)
	}
	opened := given[int64](t, "table-open", encoding)
	request := rightRequest(t, encoding, table)
	holder := canonical.Encode(request[3])
	leaf := publicinput.AccountLeaf{Number: 2, Owner: publicinput.OwnerOf(publicinput.Signed(0), 2, new(big.Int)), Cash: 1_000_000,
		AtVenues: true, Standings: []publicinput.Standing{{Venue: 1, Distance: 7}}}
	hashed := leaf.Hash()
	hash := hashed.Bytes()
	if have := given[[]byte](t, "account-leaf", holder); !slices.Equal(have, hash[:]) {
		t.Errorf("the leaf has the standings: want %x, have %x", hash, have)
	}
	tariff := tabletest.Tariff(rand.New(rand.NewPCG(1, 2)), table)
	if buffer := given[int64](t, "tariff-charge", opened, tariff, holder); buffer != 0 {
		t.Errorf("cash and a standing are charged nothing; have %d", buffer)
	}
	compile := func(circuit string, opening account.Opening) int64 {
		shape := append(small(table), []any{}, int64(3))
		shape[5] = string(opening)
		return given[int64](t, "circuit-compile", canonical.Encode([]any{"bulwark-compile", int64(1), circuit, shape}))
	}
	given[[]byte](t, "request-commit", compile(account.Name, account.Challenge), opened, holder, int64(0), make([]byte, 32))
	solved := func(circuit string, request []any) []any {
		return given[[]any](t, "solve", compile(circuit, account.Direct), opened, canonical.Encode(request))
	}
	if figures := solved(account.Name, request); figures[2] != int64(1_000_000) {
		t.Errorf("an account of cash: have %v", figures)
	}
	called := requestOf(t, encoding, table, -1_000_000_000)
	called[4], called[9], called[12] = []byte{}, int64(4), int64(1) // by the house, a call, named
	if figures := solved(account.CallName, called); figures[2].(int64) >= 0 {
		t.Errorf("an account that owes: have %v", figures)
	}
}
