package boundary

import (
	"math"

	"bulwark.io/circuits/contagion"
	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/plain/canonical"
)

func init() {
	functions["contagion-prove"] = function{[]string{"circuit", "table", "request"}, proveContagion}
	functions["contagion-solve"] = function{[]string{"circuit", "table", "request"}, solveContagion}
	functions["contagion-flows"] = function{[]string{"shape", "table", "request"}, contagionFlows}
	functions["contagion-terms"] = function{[]string{"shape", "table", "tariff", "rows"}, contagionTerms}
}

// certificate is a request for a certificate as the witness of its circuit.
func certificate(arguments []canonical.Value) (*groth.Key, *contagion.Assignment, error) {
	key, err := circuits.get(arguments[0])
	if err != nil {
		return nil, nil, err
	}
	shape, ok := key.Shape().(contagion.Shape)
	if !ok {
		return nil, nil, unknown(arguments[0])
	}
	assignment, err := assignedCertificate(shape, arguments)
	return key, assignment, err
}

func assignedCertificate(shape contagion.Shape, arguments []canonical.Value) (*contagion.Assignment, error) {
	table, err := parsed(arguments[1])
	if err != nil {
		return nil, err
	}
	encoding, err := document(arguments[2], bookBytesMax)
	if err != nil {
		return nil, err
	}
	request, err := contagion.ParseRequest(shape, encoding, table)
	if err != nil {
		return nil, err
	}
	return contagion.Assign(shape, request)
}

// shapeOf reads the shape of a certificate.
func shapeOf(argument canonical.Value) (contagion.Shape, error) {
	shape, ok := contagion.ReadShape(argument).(contagion.Shape)
	if err := argument.Fault(); err != nil || !ok {
		return contagion.Shape{}, err
	}
	return shape, nil
}

// contagionFlows gives the flows that a certificate of a shape would be about, or says why there is none, without a circuit.
func contagionFlows(arguments []canonical.Value) (any, error) {
	shape, err := shapeOf(arguments[0])
	if err != nil {
		return nil, err
	}
	assignment, err := assignedCertificate(shape, arguments)
	if err != nil {
		return nil, err
	}
	return []any{flows(assignment)}, nil
}

// proveContagion proves that the published contagion vectors dominate one step of the cascade.
func proveContagion(arguments []canonical.Value) (any, error) {
	key, assignment, err := certificate(arguments)
	if err != nil {
		return nil, err
	}
	watch := started()
	proof, err := key.Prove(assignment.Circuit, assignment.Public)
	if err != nil {
		return nil, err
	}
	wall, processor := watch.millis()
	return []any{proof, shown(assignment.Public), flows(assignment), []any{int64(key.Constraints()), wall, processor}}, nil
}

// solveContagion gives the flows that a certificate is about where the constraints accept them.
func solveContagion(arguments []canonical.Value) (any, error) {
	key, assignment, err := certificate(arguments)
	if err != nil {
		return nil, err
	}
	if err := key.Solve(assignment.Circuit); err != nil {
		return nil, err
	}
	return []any{flows(assignment)}, nil
}

func flows(assignment *contagion.Assignment) []any {
	scenarios := make([]any, len(assignment.Flows))
	for s, flows := range assignment.Flows {
		amounts := make([]any, len(flows))
		for i, flow := range flows {
			amounts[i] = flow
		}
		scenarios[s] = amounts
	}
	return scenarios
}

// contagionTerms gives what a verifier compares with: the digest of the terms of table and tariff, and what an epoch seals of both.
func contagionTerms(arguments []canonical.Value) (any, error) {
	shape, err := shapeOf(arguments[0])
	if err != nil {
		return nil, err
	}
	encoding, rows := bytesOf(arguments[2], requestBytesMax), arguments[3].Ints(0, math.MaxInt32)
	if err := arguments[0].Fault(); err != nil {
		return nil, err
	}
	table, err := parsed(arguments[1])
	if err != nil {
		return nil, err
	}
	terms, err := contagion.TermsOf(shape, table, encoding, rows)
	if err != nil {
		return nil, err
	}
	return []any{encoded(terms.Digest()), encoded(table.Root), encoded(terms.Tariff.Digest)}, nil
}
