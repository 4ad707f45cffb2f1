/** Placeholder. */
@NullMarked
package io.bulwark.adapter;

import org.jspecify.annotations.NullMarked;
