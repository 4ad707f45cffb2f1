package gadget

import (
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/plain/publicinput"
)

// Bits of the integers of a list.
const (
	keyBits   = 32
	lotsBits  = 31 // |lots| ≤ 2³¹ − 1
	countBits = 8
)

// Slot is one slot of a list.
type Slot struct {
	Active, Key, Lots frontend.Variable
}

// AccountList is a list of an account's leaf, opened without its order: whoever needs strictly increasing keys asserts them himself.
type AccountList struct {
	Domain publicinput.Domain
	Count  frontend.Variable // of entries, as the leaf was hashed
	Slots  []Slot
	Each   func(slot *Slot) // what the circuit asserts of a slot beside; nil: nothing
}

// Hash hashes the list. A word is key·2³² + lots + 2³¹, 0 where inactive; keys below 2³² and |lots| below 2³¹ make it unique. The number of
// entries is what the leaf was hashed with; its range keeps the hash's domain apart.
func (l AccountList) Hash(hasher *Hasher, ranges *Ranges, zeros *Zeros) (frontend.Variable, error) {
	api := hasher.api
	elements := make([]frontend.Variable, (len(l.Slots)+publicinput.WordsPerElement-1)/publicinput.WordsPerElement)
	for i := range elements {
		elements[i] = 0
	}
	ranges.Below(l.Count, countBits)
	for i := range l.Slots {
		s := &l.Slots[i]
		api.AssertIsBoolean(s.Active)
		ranges.Below(s.Key, keyBits)
		zeros.Product(api.Sub(1, s.Active), s.Key)
		if l.Domain == publicinput.LineList {
			ranges.Below(s.Lots, lotsBits)
		} else {
			ranges.Below(api.Add(s.Lots, publicinput.LotsMax), keyBits)
		}
		api.AssertIsEqual(api.Mul(s.Active, s.Lots), s.Lots)
		if l.Each != nil {
			l.Each(s)
		}
		word := api.Add(api.Mul(s.Key, Power(keyBits)), s.Lots, api.Mul(s.Active, Power(lotsBits)))
		at := i / publicinput.WordsPerElement
		elements[at] = api.Add(elements[at], api.Mul(word, Power(2*keyBits*(i%publicinput.WordsPerElement))))
	}
	return hasher.List(l.Domain, l.Count, elements)
}
