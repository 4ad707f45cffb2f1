/**
 * The demonstration: one day of four recorded venues through the whole house, told as a person would want to read it.
 *
 * <p>Takes an open house and the bundled recordings. Gives a sealed epoch, a proof that another process has checked, and the story on
 * standard output.
 */
@NullMarked
package io.bulwark.api.demo;

import org.jspecify.annotations.NullMarked;
