/**
 * The published parameter files of other venues' margin engines, one JSON resource per engine and version: what is a parameter stands in the file, with its source.
 *
 * <p><b>Takes</b> nothing but the resources {@code venuemargin/*.json}. <b>Gives</b> engines of {@code netting.venuemargin}. A field that an engine does not know, and one
 * that it lacks, is a fault of the build, found by the test that reads every file.
 */
@NullMarked
package io.bulwark.api.venuemargin;

import org.jspecify.annotations.NullMarked;
