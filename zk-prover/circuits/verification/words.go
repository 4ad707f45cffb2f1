package verification

import (
	"fmt"

	"bulwark.io/circuits/plain/publicinput"
)

// usd writes u = 10⁻⁴ USD.
func usd(units int64) string { return fmt.Sprintf("%d.%04d USD", units/10_000, units%10_000) }

// sentence is what a proof says, exactly as strong as what was proved.
func sentence(s publicinput.Statement, byHouse bool, e Expectation, anchored Anchored) string {
	subject := "some account of the prover"
	if s.Name > 0 {
		subject = fmt.Sprintf("account %d", s.Name-1)
	}
	lots := [...]string{", as booked", ", with every paid-up long held as paid", ", with its paid-up lots returned to the positions"}
	switch s.Tag {
	case publicinput.TagExcessOverInitial:
		return fmt.Sprintf("%s has at least %s of equity over its initial margin%s", subject, usd(s.Amount), lots[s.Choice])
	case publicinput.TagExcessOverMaintenance:
		return fmt.Sprintf("%s has at least %s of equity over its maintenance margin%s", subject, usd(s.Amount), lots[s.Choice])
	case publicinput.TagExcessOverBuffer:
		return fmt.Sprintf("%s has at least %s of equity over its initial margin and contagion buffer%s", subject, usd(s.Amount), lots[s.Choice])
	case publicinput.TagInitialMarginEquals:
		return fmt.Sprintf("%s has an initial margin of exactly %s%s", subject, usd(s.Amount), lots[s.Choice])
	case publicinput.TagBelowMaintenance:
		return fmt.Sprintf("%s has less equity than its maintenance margin, however its paid-up lots are held", subject)
	case publicinput.TagMarginSealed:
		return fmt.Sprintf("the sealed margins of account %d are what the formula gives", s.Name-1)
	case publicinput.TagBookBatch:
		return fmt.Sprintf("the values of node %d at height %d are the sums of its accounts, each counted once", s.Amount, s.Choice)
	case publicinput.TagBookSum:
		return fmt.Sprintf("the values of node %d at height %d are the sums of the nodes below it", s.Amount, s.Choice)
	case publicinput.TagBookTop:
		return fmt.Sprintf("%s has %d accounts, each counted once; every liability is within its reserve; accounts below zero lack at most %s together",
			epochWords(anchored), s.Name, usd(s.Amount))
	case publicinput.TagFund:
		return fmt.Sprintf("In each of %d scenarios of %s the two members who lose most beyond what they hold here lose at most %s together; %s %s",
			s.Name, epochWords(anchored), usd(s.Amount), marginWords(e, anchored), coverWords(s.Amount, e))
	case publicinput.TagContagion:
		return fmt.Sprintf("In each of %d scenarios of %s forced sales move none of %d groups further than the tariff's vectors; %s",
			s.Name, epochWords(anchored), s.Choice, marginWords(e, anchored))
	default:
		return ""
	}
}

func epochWords(anchored Anchored) string {
	if anchored.Epoch.Document.Number == 0 {
		return "its epoch"
	}
	return fmt.Sprintf("epoch %d", anchored.Epoch.Document.Number)
}

// holdings is the pin of what a fund rests on: looked at by the verifier, and coming to what is proved of the fund.
func holdings(e Expectation, fund int64) Pin {
	pin := fact(e.Facts, PinHoldings)
	if pin.State == Given && e.Holdings < fund {
		return Pin{State: Missing, Words: fmt.Sprintf("holdings of %s of %s are shown", usd(e.Holdings), usd(fund))}
	}
	return pin
}

// coverWords: "covers" is said only of a fund that holdings with evidence reach.
func coverWords(fund int64, e Expectation) string {
	if holdings(e, fund).State == Given {
		return fmt.Sprintf("The fund covers it: holdings of %s are shown.", usd(e.Holdings))
	}
	return fmt.Sprintf("It would be covered by %s.", usd(fund))
}

// marginWords say what stands behind the margins.
func marginWords(e Expectation, anchored Anchored) string {
	signers := fmt.Sprintf("%d of %d signers", anchored.Epoch.Signers, anchored.Epoch.Members)
	m := e.Margins
	switch {
	case anchored.Epoch.Signers == 0 && (m.Accounts == 0 || m.Proved < m.Accounts):
		return "if the margins and members that the house wrote down are right: it may have written anything."
	case anchored.Epoch.Signers == 0:
		return "every account's margin is proved. Which accounts one member has is as the house wrote it down."
	case m.Accounts > 0 && m.Proved == m.Accounts:
		return "every account's margin is proved. Which accounts one member has is as " + signers + " replayed it."
	case m.Proved > 0:
		return fmt.Sprintf("margins: %d of %d proved, the rest as %s replayed them.", m.Proved, m.Accounts, signers)
	default:
		return "margins as " + signers + " replayed them, not proved."
	}
}

// margins is the pin of what stands behind the margins that a fund or a certificate is proved over.
func margins(e Expectation, anchored Anchored) Pin {
	m := e.Margins
	switch {
	case m.Accounts > 0 && m.Proved == m.Accounts:
		return Pin{State: Given}
	case m.SignedIsEnough && anchored.Epoch.Signers > 0:
		return Pin{State: Given, Words: "as signed"}
	case m.Proved > 0:
		return Pin{State: Missing, Words: fmt.Sprintf("%d of %d margins are proved: one false one among them all is found with the chance %d/%d",
			m.Proved, m.Accounts, m.Proved, m.Accounts)}
	default:
		return Pin{State: Missing, Words: without[PinMargins]}
	}
}
