/**
 * The insurance fund as it is shown: its size, the manager's board, disclosures in the vocabulary of the CPMI-IOSCO standards for central
 * counterparties (2015); defaults and netting as verbs.
 *
 * <p>Takes: a sealed epoch and what the books say about the fund. Gives: answers as records, disclosures as record, CSV or XLSX.
 *
 * <p>Invariants: every number stands beside the scenario that it rests on; a field that this house cannot state is listed with the reason,
 * never left out. Page: {@code docs/methodology/fund-monitor.md}.
 */
@NullMarked
package io.bulwark.api.fund;

import org.jspecify.annotations.NullMarked;
