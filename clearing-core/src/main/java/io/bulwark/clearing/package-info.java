/** Placeholder. */
@NullMarked
package io.bulwark.clearing;

import org.jspecify.annotations.NullMarked;
