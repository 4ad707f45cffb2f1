package vectors

import (
	"strings"
	"sync"

	"bulwark.io/circuits/account"
	"bulwark.io/circuits/book"
	"bulwark.io/circuits/contagion"
	"bulwark.io/circuits/fund"
	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
)

// The matrix has a second house, whose tables list venues: every circuit that opens its accounts has a key of its own there, shows the same
// tags as the first house's, and takes no proof of it. Sums of a book open no account and are the same in both.

const (
	venueHouse  = "matrix over venues"
	venuePrefix = "venue-"
)

// venueMatrixTable is matrixTable in the format that lists venues: one that acts, where the instrument stands, and one path, which ends in
// the row back.
var venueMatrixTable = sync.OnceValue(func() *risktable.Table {
	none, uncharged := []any{}, []any{int64(0), int64(0), []any{}}
	charges := []any{uncharged, uncharged, []any{int64(0), none}, ints(0, 1, 0), none, []any{ints(1, 20_000)}}
	return must(risktable.Parse(canonical.Encode([]any{"bulwark-risk-table", int64(publicinput.VenueFormat), none, []any{none, none},
		[]any{[]any{"J", []any{ints(0), ints(1)}}}, []any{[]any{"joint", ints(1_000_000)}}, none, ints(0), ints(1_000_000),
		[]any{[]any{int64(0), "USD", none}, []any{int64(1), "BTC", charges}},
		[]any{[]any{int64(1), "BTC-PERP", int64(1), int64(0), none, int64(0), ints(-900, 0), none, ints(0),
			[]any{ints(1, 679)}, none, int64(0), ints(0, 0), none, int64(900), int64(1)}},
		[]any{[]any{int64(2), "BTC", int64(1), "major", int64(0), int64(679), int64(0), int64(0), int64(0), int64(604),
			ints(-300, 0), ints(0), int64(693), ints(-280, 0), ints(0),
			[]any{ints(1, 679)}, ints(0, 0), none, int64(700), int64(0), int64(risktable.Million), ints(-300)}},
		ints(10_000, 800_000, 10_000, 250_000, 1<<60, publicinput.LotsMax),
		[]any{[]any{[]any{"free", int64(0), int64(0), int64(0)}, []any{"venue", int64(1), int64(400_000), int64(30_000)}},
			[]any{[]any{int64(0), ints(1)}}, int64(risktable.Million)}})))
})

var venueMatrixBatch = book.Shape{Levels: 1, Lines: 1, Assets: 1, Format: account.OverVenues}

// venueMatrixShapes are the smallest shapes over that table.
func venueMatrixShapes() map[string]groth.Shape {
	small := account.Shape{Positions: 1, Lines: 1, Groups: 1, Depth: matrixDepth, Opening: account.Challenge,
		Structure: venueMatrixTable().Structure, Standings: 1}
	called := small
	called.Opening = account.Direct
	return map[string]groth.Shape{venuePrefix + "challenge": small, venuePrefix + "call": account.CallShape{Shape: called},
		venuePrefix + "batch": venueMatrixBatch,
		venuePrefix + "fund": fund.Shape{Levels: 1, Positions: 1, Lines: 1, Instruments: 1, Assets: 1, Rows: 1, Members: 2,
			Depth: matrixDepth, Format: account.OverVenues},
		venuePrefix + "contagion": contagion.Shape{Levels: 1, Positions: 1, Lines: 1, Entries: 3, Places: 1, Groups: 1,
			Scenarios: 1, Members: 2, Depth: matrixDepth, Format: account.OverVenues}}
}

// sealVenueHouse is sealHouse of the second house: each account has a standing at the venue that acts.
func sealVenueHouse(buffered bool) sealedHouse {
	standings := []publicinput.Standing{{Venue: 1, Distance: 5_000_000}}
	return sealedHouse{name: venueHouse, table: venueMatrixTable(), standings: standings}.seal(buffered)
}

// overVenues says whether a key is of the second house.
func overVenues(key string) bool { return strings.HasPrefix(key, venuePrefix) }

// houseOf is the house whose accounts the circuit of a key opens.
func (m *matrixOf) houseOf(key string) *sealedHouse {
	if overVenues(key) {
		return &m.venues
	}
	return &m.sealed
}
