/**
 * The plan of the house as a test: which module, room and library may know which. <b>Start reading at</b>
 * {@link io.tombolo.house.HouseTest}.
 */
@NullMarked
package io.tombolo.house;

import org.jspecify.annotations.NullMarked;
