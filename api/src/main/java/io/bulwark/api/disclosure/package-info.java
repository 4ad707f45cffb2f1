/**
 * The daily quantitative disclosure of the house, in the vocabulary of the CPMI-IOSCO public quantitative disclosure standards for central counterparties (2015).
 *
 * <p><b>Takes</b> a sealed epoch and what the books say about the fund. <b>Gives</b> {@link io.bulwark.api.disclosure.Disclosures}: one line a field, as a record, CSV or XLSX.
 *
 * <p><b>Invariants.</b> Every number stands beside the scenario that it rests on and the seal from whose inputs anybody recomputes it; a field that this house cannot state is
 * listed with the reason, never left out. Page: {@code docs/methodology/fund-monitor.md}.
 */
@NullMarked
package io.bulwark.api.disclosure;

import org.jspecify.annotations.NullMarked;
