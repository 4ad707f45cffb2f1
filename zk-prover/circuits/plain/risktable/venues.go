package risktable

import (
	"math"

	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
)

// prefundingMax is the largest χ: the whole leg is charged from half its loss on.
const prefundingMax = 2 * Million

// readVenueRisk reads venues, paths and χ. Free money stands at no venue that could act: the circuit takes for free what the head calls so.
func (t *Table) readVenueRisk(value canonical.Value) {
	f := value.Tuple("venues", "paths", "prefunding")
	items := f[0].Items()
	if len(items) < 1 || len(items) > publicinput.VenueKey {
		f[0].Refuse("LIMIT_EXCEEDED")
	}
	for number, item := range items {
		v := item.Tuple("id", "liquidates", "lgd", "credit")
		venue := Venue{Id: v[0].Text(), Acts: v[1].Bit()}
		if number == 0 && venue.Acts {
			v[1].Refuse("FREE_MONEY_ACTS")
		}
		v[2].Int(0, Million)
		v[3].Int(0, Million)
		t.Venues = append(t.Venues, venue)
	}
	t.readPaths(f[1])
	t.Parameters.Prefunding = f[2].Int(0, prefundingMax)
}

// withVenue adds the field that says where an entry stands.
func (t *Table) withVenue(names ...string) []string {
	if t.AtVenues() {
		names = append(names, "venue")
	}
	return names
}

// readVenue reads where an entry stands.
func (t *Table) readVenue(value canonical.Value, row *Row) {
	row.Venue = value.Int(0, math.MaxUint16)
	switch {
	case row.Venue >= int64(len(t.Venues)):
		value.Refuse("UNKNOWN_VENUE")
	case row.Venue == 0:
		row.Stands = publicinput.StandsFree
	case t.Venues[row.Venue].Acts:
		row.Stands = publicinput.StandsActing
	default:
		row.Stands = publicinput.StandsIdle
	}
}

// readDislocation reads what marks of a group may part by: keys above those of days.
func (t *Table) readDislocation(value canonical.Value, group *Group) {
	increasing := sorted()
	for _, entry := range value.Items() {
		f := entry.Tuple("venue", "ppm")
		venue := f[0].Int(1, publicinput.VenueKey-1)
		increasing(f[0], venue)
		if venue >= int64(len(t.Venues)) {
			f[0].Refuse("UNKNOWN_VENUE")
		}
		group.days, group.basis = append(group.days, publicinput.VenueKey+venue), append(group.basis, f[1].Int(0, Million))
	}
}

// countAtVenue fills the cells that venues are charged by. losses are what a lot of collateral loses in the venue's own count, by path.
func (t *Table) countAtVenue(row *Row, losses []int64) {
	if !t.AtVenues() {
		return
	}
	row.AtVenue = make([]int64, publicinput.VenueCells)
	back, ends := t.Back()
	switch line := row.Domain == publicinput.Collateral || row.Domain == publicinput.Debt; {
	case line:
		row.AtVenue[0] = row.Value
	case row.Stands == publicinput.StandsFree && ends && back < len(row.Loss):
		row.AtVenue[0] = row.Loss[back]
	}
	for p, path := range t.Paths {
		switch {
		case losses != nil && row.Stands != publicinput.StandsFree && p < len(losses):
			row.AtVenue[1+p] = losses[p]
		case path.First < len(row.Loss):
			row.AtVenue[1+p] = row.Loss[path.First]
		}
	}
}

// checkStillBack: no asset moves in the row back, whose place in the first cell an asset's value takes.
func (t *Table) checkStillBack(value canonical.Value, row Row) {
	if back, ends := t.Back(); ends && back < len(row.Loss) && row.Loss[back] != 0 {
		value.Refuse("MOVES_IN_ROW_BACK")
	}
}

// Acts says whether the table lists a venue that closes by its own rule.
func (t *Table) Acts(venue int64) bool {
	return venue >= 0 && venue < int64(len(t.Venues)) && t.Venues[venue].Acts
}
