# SPDX-License-Identifier: Apache-2.0
#
# add_room(words/sql USES base pg) makes one small static library of a room, and guards the floor plan: a room may use
# only rooms that are declared above it in the list, so no arrow points up and none goes in a circle. A room sees the
# include path of its own floor and of the floors of the rooms it declares.

set_property(GLOBAL PROPERTY haetae_rooms "")

add_library(haetae_warnings INTERFACE)
target_compile_options(haetae_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion)
if(HAETAE_DEVELOPER)
  target_compile_options(haetae_warnings INTERFACE -Werror)
endif()

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_FLAGS MATCHES "-fsanitize")
  # GCC's manual, "Instrumentation Options": sanitizers make this warning cry wolf.
  target_compile_options(haetae_warnings INTERFACE -Wno-maybe-uninitialized)
endif()

function(add_room path)
  cmake_parse_arguments(ROOM "" "" "USES;LIBRARIES;GENERATED" ${ARGN})
  get_filename_component(name ${path} NAME)
  get_filename_component(floor ${path} DIRECTORY)
  get_property(declared GLOBAL PROPERTY haetae_rooms)

  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${path}/*.cpp ${CMAKE_SOURCE_DIR}/src/${path}/*/*.cpp)
  list(APPEND sources ${ROOM_GENERATED})
  if(sources)
    add_library(room_${name} STATIC ${sources})
    set(scope PUBLIC)
    target_link_libraries(room_${name} PRIVATE haetae_warnings ${ROOM_LIBRARIES})
  else()
    add_library(room_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(room_${name} ${scope} ${CMAKE_SOURCE_DIR}/src/${floor})
  foreach(used IN LISTS ROOM_USES)
    if(NOT used IN_LIST declared)
      message(FATAL_ERROR "room ${path} uses '${used}', which is not declared above it in the floor plan")
    endif()
    target_link_libraries(room_${name} ${scope} room_${used})
  endforeach()

  set_property(GLOBAL APPEND PROPERTY haetae_rooms ${name})
  set_property(GLOBAL PROPERTY haetae_room_${name}_path ${path})
  set_property(GLOBAL PROPERTY haetae_room_${name}_uses "${ROOM_USES}")
endfunction()

# Writes the floor plan, one line a room ("words/sql: base pg"), for the tidy test.
function(write_floor_plan file)
  get_property(rooms GLOBAL PROPERTY haetae_rooms)
  set(text "")
  foreach(room IN LISTS rooms)
    get_property(path GLOBAL PROPERTY haetae_room_${room}_path)
    get_property(uses GLOBAL PROPERTY haetae_room_${room}_uses)
    string(REPLACE ";" " " uses "${uses}")
    string(APPEND text "${path}: ${uses}\n")
  endforeach()
  file(GENERATE OUTPUT ${file} CONTENT "${text}")
endfunction()
