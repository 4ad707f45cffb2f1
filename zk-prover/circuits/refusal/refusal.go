// Package refusal names what the library does not accept. A refusal is the answer to an expected fault of the caller: it says which rule
// was broken and where, and never a value, because a refusal crosses the ABI and may be logged while requests hold secrets.
package refusal

import (
	"errors"
	"fmt"
)

// Class is the result of an export: 0 is success, every class of refusal is negative. The numbers are part of the ABI.
type Class int32

// The classes of the ABI, in the order of ABI.md.
const (
	Request     Class = -1
	Handle      Class = -2
	Table       Class = -3
	Key         Class = -4
	Account     Class = -5
	Claim       Class = -6
	Unsatisfied Class = -7
	Proof       Class = -8
	Form        Class = -9
	Ceremony    Class = -10
	Internal    Class = -99
)

// NoConstraint stands in Refusal.Constraint where no constraint is concerned.
const NoConstraint int64 = -1

// Refusal is one named refusal.
type Refusal struct {
	Class      Class
	Code       string // the rule, in capitals
	Where      string // the field
	Constraint int64  // number of the constraint, or NoConstraint
}

func (r *Refusal) Error() string { return fmt.Sprintf("%s at %s", r.Code, r.Where) }

// New makes a refusal that concerns no constraint.
func New(class Class, code, where string, arguments ...any) *Refusal {
	return &Refusal{Class: class, Code: code, Where: fmt.Sprintf(where, arguments...), Constraint: NoConstraint}
}

// Of finds the refusal in err; an error of another kind is an internal failure whose text stays inside.
func Of(err error) *Refusal {
	var r *Refusal
	if errors.As(err, &r) {
		return r
	}
	return New(Internal, "INTERNAL", "library")
}
