// Package tariff reads what a house publishes of its contagion buffer (buffer-tariff.cddl) beside its risk table, and commits to what a
// circuit opens of it.
//
// Takes: the table, the canonical encoding. Gives: by group of the table the charged rates of every scenario and the exits of both sides; by
// entry of the table that is no option its deltas and the unwind set in which they net; the digest that the epoch seals.
//
// Digest = H_16(21; SHA-256 of the encoding as two limbs, high first; number of scenarios; the leaf of each group of the table, null groups
// included; the entries), the leaves and the entries filled up with 0 to a power of two from 8 and from 16 on, so that a listing seldom asks
// for another key. Leaf of a group = H_16(21; its number; BufferExits; its rates, fall and rise of each scenario in turn, twelve of 20 bits to
// an element). A root has 27 elements or more and a leaf fewer, so neither stands for the other. Entries are instruments, then assets, by
// number. An option has none: its delta moves, and no proof speaks of it.
package tariff

import (
	"crypto/sha256"
	"fmt"
	"math"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/refusal"
)

const (
	// QuantityBits holds every amount of money of a tariff, µ$.
	QuantityBits = 56
	// ScenariosMax keeps a leaf shorter than every root.
	ScenariosMax = 128

	groupsLeast, entriesLeast = 8, 16
	groupsMax                 = 1 << 10
)

// Exit is what leaving one side of a group costs: quantity in µ$, three rates in ppm, none below the one before.
type Exit struct {
	Quantity, Linear, Beyond, Far int64
}

// Group is a group of the table: what is charged to what is long and short of it, by scenario, ppm; all 0 where it is no liquidity group.
type Group struct {
	Number      int64
	Down, Up    []int64
	Long, Short Exit
}

// Entry is an instrument that is no option, or an asset: deltas of one lot in u, to its own group and to its legs in the table's order, 0 to
// what is no liquidity group; and the unwind set that they belong to, 0 where there is none.
type Entry struct {
	Number, Set, Own int64
	Legs             [publicinput.Legs]int64
	Line             bool
}

// Tariff is a published buffer beside its table.
type Tariff struct {
	Scenarios int
	Groups    []Group // of the table, by number
	Entries   []Entry
	Sha       [32]byte
	Digest    fr.Element
}

// Parse reads a tariff of a table, or says by name what it refuses.
func Parse(table *risktable.Table, encoded []byte) (*Tariff, error) {
	root, document := canonical.Decode(encoded, refusal.Table, "tariff")
	if document.Fault() != nil {
		return nil, document.Fault()
	}
	fields := root.Schema("bulwark-buffer-tariff", 2, "rules", "groups", "symbols", "scenarios", "certified", "charged", "exits", "vega")
	if document.Fault() != nil {
		return nil, document.Fault()
	}
	t := &Tariff{Scenarios: len(fields[3].Items()), Sha: sha256.Sum256(encoded)}
	if t.Scenarios < 1 || t.Scenarios > ScenariosMax || len(table.Groups) > groupsMax {
		fields[3].Refuse("LIMIT_EXCEEDED")
	}
	liquid := t.readGroups(table, fields[1], fields[5], fields[6])
	sets := readSymbols(fields[2], fields[3], len(liquid))
	if document.Fault() != nil {
		return nil, document.Fault()
	}
	t.readEntries(table, liquid, sets, fields[2])
	if document.Fault() != nil {
		return nil, document.Fault()
	}
	t.seal()
	return t, nil
}

// readGroups gives the place of each liquidity group in the tariff by its number: they are the groups of the table that charge for size.
func (t *Tariff) readGroups(table *risktable.Table, groups, charged, exits canonical.Value) map[int64]int {
	named, rates, sides := groups.Items(), charged.Items(), exits.Items()
	if len(rates) != t.Scenarios || len(sides) != 2*len(named) {
		charged.Refuse("WRONG_LENGTH")
		return nil
	}
	byScenario := make([][]int64, len(rates))
	for s := range rates {
		if byScenario[s] = rates[s].Ints(0, risktable.Million); len(byScenario[s]) != 2*len(named) {
			rates[s].Refuse("WRONG_LENGTH")
			return nil
		}
	}
	liquid := map[int64]int{}
	for _, group := range table.Groups {
		read := Group{Number: group.Number, Down: make([]int64, t.Scenarios), Up: make([]int64, t.Scenarios)}
		if group.Charged {
			k := len(liquid)
			if k >= len(named) || named[k].Tuple("name", "ladder", "cap", "minimumExit", "gamma", "cells")[0].Text() != group.Id {
				groups.Refuse("UNKNOWN_GROUP")
				return nil
			}
			liquid[group.Number] = k
			for s, rates := range byScenario {
				read.Down[s], read.Up[s] = rates[k], rates[len(named)+k]
			}
			read.Long, read.Short = readExit(sides[k]), readExit(sides[len(named)+k])
		}
		t.Groups = append(t.Groups, read)
	}
	if len(liquid) != len(named) {
		groups.Refuse("UNKNOWN_GROUP")
	}
	return liquid
}

func readExit(value canonical.Value) Exit {
	f := value.Tuple("quantity", "linear", "beyond", "far")
	exit := Exit{Quantity: f[0].Int(0, 1<<QuantityBits-1), Linear: f[1].Int(0, risktable.Million), Beyond: f[2].Int(0, risktable.Million),
		Far: f[3].Int(0, risktable.Million)}
	if exit.Linear > exit.Beyond || exit.Beyond > exit.Far {
		value.Refuse("NOT_SORTED")
	}
	return exit
}

// readSymbols numbers the unwind sets of the symbols from 1, by first appearance. A basis would cut a set in its scenario; none may have one.
func readSymbols(symbols, scenarios canonical.Value, groups int) map[string]int64 {
	sets, numbers := map[string]int64{}, map[string]int64{}
	for _, item := range symbols.Items() {
		f := item.Tuple("name", "group", "unwindSet")
		f[1].Int(0, int64(groups)-1)
		set := f[2].Text()
		if numbers[set] == 0 {
			numbers[set] = int64(len(numbers)) + 1
		}
		sets[f[0].Text()] = numbers[set]
	}
	for _, item := range scenarios.Items() {
		basis := item.Tuple("returns", "basis")[1]
		if slices.ContainsFunc(basis.Ints(math.MinInt64, math.MaxInt64), func(ppm int64) bool { return ppm != 0 }) {
			basis.Refuse("LIMIT_EXCEEDED")
		}
	}
	return sets
}

// readEntries takes the deltas from the table; what moves a liquidity group must have its symbol, "id in place of the group", and all its
// symbols one unwind set.
func (t *Tariff) readEntries(table *risktable.Table, liquid map[int64]int, sets map[string]int64, symbols canonical.Value) {
	for _, rows := range [][]risktable.Row{table.Instruments, table.Collateral} {
		for _, row := range rows {
			if row.Option {
				continue
			}
			entry := Entry{Number: row.Number, Line: row.Domain == publicinput.Collateral}
			moved := func(leg risktable.Leg) int64 {
				place, priced := liquid[leg.Group]
				if !priced || leg.Delta == 0 {
					return 0
				}
				set := sets[fmt.Sprintf("%s in %d", row.Id, place)]
				if set == 0 || entry.Set != 0 && entry.Set != set {
					symbols.Refuse("UNKNOWN_ID")
				}
				entry.Set = set
				return leg.Delta
			}
			entry.Own = moved(row.Own)
			for i, leg := range row.Legs {
				entry.Legs[i] = moved(leg)
			}
			t.Entries = append(t.Entries, entry)
		}
	}
}

// GroupPlaces is the number of leaves that the digest has room for, EntryPlaces that of entries.
func (t *Tariff) GroupPlaces() int { return powerOfTwo(len(t.Groups), groupsLeast) }

// EntryPlaces is the number of entries that the digest has room for.
func (t *Tariff) EntryPlaces() int { return powerOfTwo(len(t.Entries), entriesLeast) }

func powerOfTwo(n, least int) int {
	for least < n {
		least *= 2
	}
	return least
}

// Leaves are the leaves of the groups, filled up.
func (t *Tariff) Leaves() []fr.Element {
	leaves := make([]fr.Element, t.GroupPlaces())
	for i, group := range t.Groups {
		leaves[i] = publicinput.HashOf(publicinput.BufferVectors, group.Elements()...)
	}
	return leaves
}

// Elements are the elements of a group's leaf.
func (g Group) Elements() []fr.Element {
	exits := publicinput.BufferExits.Pack(map[string]int64{"longQuantity": g.Long.Quantity, "longLinear": g.Long.Linear, "longBeyond": g.Long.Beyond,
		"longFar": g.Long.Far, "shortQuantity": g.Short.Quantity, "shortLinear": g.Short.Linear, "shortBeyond": g.Short.Beyond, "shortFar": g.Short.Far})
	rates := make([]int64, 0, 2*len(g.Down))
	for s := range g.Down {
		rates = append(rates, g.Down[s], g.Up[s])
	}
	return append([]fr.Element{publicinput.Signed(g.Number), exits}, publicinput.PackWeights(rates, RateElements(len(g.Down)))...)
}

// RateElements is the number of elements that the rates of so many scenarios take.
func RateElements(scenarios int) int {
	return (2*scenarios + publicinput.WeightsPerElement - 1) / publicinput.WeightsPerElement
}

// Words are the packed entries, filled up.
func (t *Tariff) Words() []fr.Element {
	words := make([]fr.Element, t.EntryPlaces())
	for i, entry := range t.Entries {
		words[i] = entry.Word()
	}
	return words
}

// Word is an entry as one element, never 0.
func (e Entry) Word() fr.Element {
	line := int64(0)
	if e.Line {
		line = 1
	}
	return publicinput.BufferEntry.Pack(map[string]int64{"number": e.Number, "line": line, "present": 1, "set": e.Set,
		"own": e.Own + publicinput.BufferDeltaShift, "leg0": e.Legs[0] + publicinput.BufferDeltaShift, "leg1": e.Legs[1] + publicinput.BufferDeltaShift})
}

// Limbs are a SHA-256 as two elements, high first.
func Limbs(digest [32]byte) [2]fr.Element {
	return [2]fr.Element{*new(fr.Element).SetBytes(digest[:16]), *new(fr.Element).SetBytes(digest[16:])}
}

func (t *Tariff) seal() {
	limbs := Limbs(t.Sha)
	t.Digest = publicinput.HashOf(publicinput.BufferVectors, slices.Concat(limbs[:], []fr.Element{publicinput.Signed(int64(t.Scenarios))}, t.Leaves(), t.Words())...)
}

// Group finds a group by its number.
func (t *Tariff) Group(number int64) (Group, bool) {
	at := slices.IndexFunc(t.Groups, func(g Group) bool { return g.Number == number })
	if at < 0 {
		return Group{}, false
	}
	return t.Groups[at], true
}

// Entry finds the entry of a row of the table; an option has none.
func (t *Tariff) Entry(row *risktable.Row) (Entry, bool) {
	line := row.Domain == publicinput.Collateral || row.Domain == publicinput.Debt
	at := slices.IndexFunc(t.Entries, func(e Entry) bool { return e.Line == line && e.Number == row.Number })
	if at < 0 {
		return Entry{}, false
	}
	return t.Entries[at], true
}
