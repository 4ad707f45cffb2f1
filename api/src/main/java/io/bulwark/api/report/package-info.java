/** What reports for people are made of, whatever they report. */
@NullMarked
package io.bulwark.api.report;

import org.jspecify.annotations.NullMarked;
