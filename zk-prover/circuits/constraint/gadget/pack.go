package gadget

import (
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/plain/publicinput"
)

// Pack is the element that a layout gives named fields; a field without a value is 0, so a leaf with another value there does not open.
// Assumes every value ranged to its field's bits: then different values give different elements.
func Pack(api frontend.API, layout publicinput.Layout, values map[string]frontend.Variable) frontend.Variable {
	packed, used := frontend.Variable(0), 0
	for _, field := range layout {
		if value, ok := values[field.Name]; ok {
			packed = api.Add(packed, api.Mul(value, Power(int(field.Offset))))
			used++
		}
	}
	if used != len(values) {
		panic("a value names no field of the layout")
	}
	return packed
}

// PackColumns packs signed columns as publicinput.Packing does. Soundness: see there.
func PackColumns(api frontend.API, packing publicinput.Packing, columns []frontend.Variable) []frontend.Variable {
	elements := make([]frontend.Variable, packing.Elements(len(columns)))
	for i := range elements {
		elements[i] = 0
		for j, column := range columns[packing.Slots*i : min(packing.Slots*(i+1), len(columns))] {
			elements[i] = api.Add(elements[i], api.Mul(column, Power(packing.Bits*j)))
		}
	}
	return elements
}
