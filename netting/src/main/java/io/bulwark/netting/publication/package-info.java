/**
 * What a risk table must pass before it is published: the last look at every integer before accounts are margined by it.
 *
 * <p><b>Takes</b> a well-formed {@link io.bulwark.netting.risktable.RiskTable}. <b>Gives</b> the rules that it
 * breaks, by name and place: of its columns, of the
 * limits that circuits and leaves are built for, of its venues and paths, of rows that only fill a place, and of the
 * margins of single-instrument books; where governance promises a structure, whether the table has it.
 * Method: docs/methodology/risk-table.md.
 *
 * <p>Invariant: a table with a violation is not sealed; a missing check lets an integer be proved that means nothing.
 */
@NullMarked
package io.bulwark.netting.publication;

import org.jspecify.annotations.NullMarked;
