/**
 * Files in, report out: backtests, calibrations, surfaces, forecasts, the replay wall. A program beside the server, with the libraries that only it needs.
 *
 * <p><b>Takes</b> verbs of the command line. <b>Gives</b> what each room of this module says, as text, JSON, pictures and pages. Nothing of the server stands on it.
 */
@NullMarked
package io.bulwark.research;

import org.jspecify.annotations.NullMarked;
