package account

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/constraint/margin"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
)

// sealedWith is a table whose first leaf is another, sealed as that: every other leaf is as it was. Opened paths run over the new nodes.
func sealedWith(d drawn, global []fr.Element) (drawn, map[fr.Element]fr.Element) {
	table := *d.table
	children, _ := d.table.Path(0)
	instead, node := map[fr.Element]fr.Element{}, publicinput.HashOf(publicinput.Global, global...)
	for _, siblings := range slices.Backward(children) {
		instead[siblings[0]] = node
		siblings[0] = node
		node = publicinput.Node(siblings[0], siblings[1], siblings[2], siblings[3])
	}
	table.Cap[0] = node
	table.Root = publicinput.HashOf(publicinput.TableCap, table.Cap[:]...)
	d.table, d.request.Epoch.TableRoot = &table, table.Root
	d.request = reseal(d.shape, d.request)
	return d, instead
}

// replaced puts nodes in the place of others in every path of the table.
func replaced(value reflect.Value, instead map[fr.Element]fr.Element) {
	switch value.Kind() {
	case reflect.Struct:
		for i := range value.NumField() {
			replaced(value.Field(i), instead)
		}
	case reflect.Slice, reflect.Array:
		for i := range value.Len() {
			replaced(value.Index(i), instead)
		}
	case reflect.Interface:
		if element, is := value.Interface().(fr.Element); is {
			if node, other := instead[element]; other {
				value.Set(reflect.ValueOf(frontend.Variable(node)))
			}
		}
	}
}

// A global leaf of format 2 over rows of format 3, sealed as one table: what venues may do would cost nothing.
func TestShouldRejectAGlobalLeafOfTheOtherFormatThoughSealed(t *testing.T) {
	random := rand.New(rand.NewPCG(217, 218))
	d := drawFor(t, random, atVenues, publicinput.Given, 5000, holding)
	free := *d.table
	free.Parameters.Prefunding = 0
	without := slices.Clone(free.GlobalElements())
	share := new(fr.Element).SetUint64(publicinput.VenueFormat)
	for range 208 {
		share.Double(share)
	}
	without[0].Sub(&without[0], share)
	for name, sealed := range map[string]struct {
		table  *risktable.Table
		global []fr.Element
	}{
		"as it is":   {d.table, d.table.GlobalElements()},
		"of 3, free": {&free, free.GlobalElements()},
		"of 2":       {&free, without},
	} {
		over := d
		over.table = sealed.table
		lying, instead := sealedWith(over, sealed.global)
		forged := forge(lying, margin.Honest)
		replaced(reflect.ValueOf(&forged.Circuit.Table).Elem(), instead)
		if accepted := accepts(forged); accepted != (name != "of 2") {
			t.Errorf("a global leaf %s: accepted %t", name, accepted)
		}
	}
}
