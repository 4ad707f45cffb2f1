package contagion

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/plain/publicinput"
)

// A witness that is consistent throughout, of a house that is not the epoch's: nothing but the roots under the seal can refuse it.
func TestShouldRejectAnotherHouseUnderTheSeal(t *testing.T) {
	random := rand.New(rand.NewPCG(35, 36))
	for name, change := range map[string]func(*house){
		"an account left out": func(h *house) {
			h.accounts, h.margins = slices.Delete(h.accounts, 1, 2), slices.Delete(h.margins, 1, 2)
		},
		"fewer lots":     func(h *house) { h.accounts[1].Positions[0].Lots /= 2 },
		"more cash":      func(h *house) { h.accounts[1].Cash += 1 << 40 },
		"another tariff": func(h *house) { list(h.tariff[rulesField])[1] = int64(7) },
	} {
		var sealed publicinput.EpochDocument
		var assignment *Assignment
		for assignment == nil {
			h := falling(t, random)
			sealed = h.request(t).Epoch
			change(h)
			assignment, _ = Assign(small, h.request(t)) // what is changed may need more room than there is
		}
		if !accepts(assignment) {
			t.Fatalf("%s: the house by itself must be accepted", name)
		}
		for i, element := range sealed.Elements() {
			assignment.Circuit.Epoch[i] = element
		}
		assignment.Circuit.Seal = sealed.Digest()
		if accepts(assignment) {
			t.Errorf("%s must be rejected under the other seal", name)
		}
	}
}

// An entry that is written as none, with a flag that makes up the word that the leaf was hashed with: the witness is of a house that does not hold it.
func TestShouldRejectAnEntryHiddenInTheFlagOfItsSlot(t *testing.T) {
	random := rand.New(rand.NewPCG(51, 52))
	for name, list := range map[string]func(*publicinput.AccountLeaf) *[]publicinput.Entry{
		"position": func(leaf *publicinput.AccountLeaf) *[]publicinput.Entry { return &leaf.Positions },
		"line":     func(leaf *publicinput.AccountLeaf) *[]publicinput.Entry { return &leaf.Lines },
	} {
		var sealed publicinput.EpochDocument
		var assignment, honest *Assignment
		for assignment == nil {
			h := falling(t, random)
			request := h.request(t)
			sealed, honest = request.Epoch, assign(t, request)
			entries := list(&h.accounts[1])
			*entries = slices.Clone((*entries)[1:])
			assignment, _ = Assign(small, h.request(t)) // less may need more room than there is
		}
		if !accepts(assignment) {
			t.Fatalf("%s: the house by itself must be accepted", name)
		}
		account, whole := &assignment.Circuit.Accounts[1], &honest.Circuit.Accounts[1]
		account.PositionCount, account.LineCount = whole.PositionCount, whole.LineCount
		account.Positions, account.Lines = whole.Positions, whole.Lines
		slot := &account.Positions[0]
		if name == "line" {
			slot = &account.Lines[0]
		}
		key, lots := value(slot.Key), value(slot.Lots)
		word, flag := *new(fr.Element).SetUint64(1 << keyBits), *new(fr.Element).SetUint64(1 << lotsBits)
		word.Mul(&word, &key).Add(&word, &lots).Add(&word, &flag)
		*slot = gadget.Slot{Active: *word.Div(&word, &flag), Key: gadget.Signed(0), Lots: gadget.Signed(0)}
		assignment.Circuit.Epoch[publicinput.EpochAccountRoot] = sealed.AccountRoot
		reseal(assignment.Circuit)
		if accepts(assignment) {
			t.Errorf("a %s in the flag of its slot must be rejected", name)
		}
	}
}
