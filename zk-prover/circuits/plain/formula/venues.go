package formula

import (
	"cmp"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/refusal"
)

// Venues is what venues may close by themselves, and what it costs that free money does not reach them (venue risk, section 3); u.
type Venues struct {
	Free   int64 // E₀: what can be sent; signed, without a floor: a loan of the house cannot be called back in time
	Needs  []VenueNeed
	Paths  []PathLoss
	Losses []int64 // l₀ by stress row: what free entries lose
}

// VenueNeed is what must reach a venue, by path, so that it does not act. Of every venue that may act and where something stands, by
// number.
type VenueNeed struct {
	Venue, Distance int64
	Losses, Needs   []int64
}

// PathLoss is what a path costs: the largest of its ends.
type PathLoss struct {
	Family int
	Ends   []PathEnd
	Loss   int64 // may be negative
}

// PathEnd is a path that ends in one of its rows.
type PathEnd struct {
	Then     int
	Residual int64 // (l₀(a) − l₀(b))⁺
	Missing  int64 // F: what cannot reach the venues
	Charged  int64 // ⌈χ·F⌉
	Loss     int64
}

// checkStandings checks standings entry by entry, as booking does.
func checkStandings(table *risktable.Table, standings []publicinput.Standing) error {
	for i, standing := range standings {
		code := ""
		switch {
		case standing.Venue <= 0 || standing.Venue >= int64(len(table.Venues)):
			code = "UNKNOWN_ID"
		case !table.Acts(standing.Venue):
			code = "NOT_LIQUIDATING"
		case i > 0 && standing.Venue <= standings[i-1].Venue:
			code = "IDS_NOT_INCREASING"
		default:
			continue
		}
		return refusal.New(refusal.Account, code, "account.standings[%d].venue", i)
	}
	return nil
}

// Venues computes what paths cost. A venue without a standing counts with 0.
func (s *Sums) Venues() Venues {
	v := Venues{Free: s.CountedCash(), Losses: make([]int64, s.Table.Rows)}
	for _, entry := range s.Entries {
		if entry.Row.Stands != publicinput.StandsFree {
			continue
		}
		if !entry.position() {
			v.Free += entry.Lots * entry.Row.Value
		}
		for r, loss := range entry.Row.Loss {
			v.Losses[r] += entry.Lots * loss
		}
	}
	v.Needs = s.needs()
	for p, path := range s.Table.Paths {
		v.Paths = append(v.Paths, s.pathLoss(&v, p, path))
	}
	return v
}

// needs are what venues lack by path.
func (s *Sums) needs() []VenueNeed {
	byVenue, paths := map[int64]*VenueNeed{}, len(s.Table.Paths)
	at := func(venue int64) *VenueNeed {
		if byVenue[venue] == nil {
			byVenue[venue] = &VenueNeed{Venue: venue, Losses: make([]int64, paths), Needs: make([]int64, paths)}
		}
		return byVenue[venue]
	}
	for _, entry := range s.Entries {
		if entry.Row.Stands == publicinput.StandsActing {
			losses := at(entry.Row.Venue).Losses
			for p := range losses {
				losses[p] += entry.Lots * entry.Row.AtVenue[1+p]
			}
		}
	}
	for _, standing := range s.Standings {
		at(standing.Venue).Distance = standing.Distance
	}
	var needs []VenueNeed
	for _, need := range byVenue {
		for p, loss := range need.Losses {
			need.Needs[p] = max(0, loss-need.Distance)
		}
		needs = append(needs, *need)
	}
	slices.SortFunc(needs, func(a, b VenueNeed) int { return cmp.Compare(a.Venue, b.Venue) })
	return needs
}

func (s *Sums) pathLoss(v *Venues, p int, path risktable.Path) PathLoss {
	family, _ := s.Table.FamilyOf(path.First)
	loss := PathLoss{Family: family}
	for i, row := range path.Then {
		end := PathEnd{Then: row, Residual: max(0, v.Losses[path.First]-v.Losses[row])}
		missing := end.Residual - v.Free
		for _, need := range v.Needs {
			missing += need.Needs[p]
		}
		end.Missing = max(0, missing)
		end.Charged = CeilMillion(s.Table.Parameters.Prefunding, end.Missing)
		end.Loss = end.Charged
		for _, group := range s.Groups {
			end.Loss += group.Losses[row]
		}
		if i == 0 || end.Loss > loss.Loss {
			loss.Loss = end.Loss
		}
		loss.Ends = append(loss.Ends, end)
	}
	return loss
}

// Slots of what venues are charged by: free money (collateral, debt), free positions, then the account's standings.
const (
	FreeMoney     = 0
	FreePositions = 1
	VenueSlots    = 2
)

// VenueSlot is the slot that an entry counts in; false: none, it stands where nothing acts, or at a venue without a standing.
func (s *Sums) VenueSlot(entry Entry) (int, bool) {
	switch {
	case entry.Row.Stands == publicinput.StandsFree && entry.position():
		return FreePositions, true
	case entry.Row.Stands == publicinput.StandsFree:
		return FreeMoney, true
	case entry.Row.Stands == publicinput.StandsActing:
		at := slices.IndexFunc(s.Standings, func(standing publicinput.Standing) bool { return standing.Venue == entry.Row.Venue })
		return VenueSlots + at, at >= 0
	default:
		return 0, false
	}
}

// VenueCells are the sums of cells by slot, of so many slots.
func (s *Sums) VenueCells(slots int) [][]int64 {
	cells := make([][]int64, slots)
	for slot := range cells {
		cells[slot] = make([]int64, publicinput.VenueCells)
	}
	for _, entry := range s.Entries {
		if slot, ok := s.VenueSlot(entry); ok {
			for k, cell := range entry.Row.AtVenue {
				cells[slot][k] += entry.Lots * cell
			}
		}
	}
	return cells
}

// VenueColumns are the packed sums of cells by slot.
func (s *Sums) VenueColumns(packing publicinput.Packing, slots int) (columns [][]fr.Element) {
	for _, cells := range s.VenueCells(slots) {
		columns = append(columns, packing.Pack(cells))
	}
	return columns
}
