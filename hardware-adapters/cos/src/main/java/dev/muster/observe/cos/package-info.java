/** The COS registration server's API: what its agents, its charm and people's browsers may ask and what they are told. */
@NullMarked
package dev.muster.observe.cos;

import org.jspecify.annotations.NullMarked;
