# SPDX-License-Identifier: Apache-2.0
#
# Lists that would otherwise be files everyone edits are made from the names of files: the verbs from app/verbs/*.cpp,
# the error catalogue from docs/reference/errors/HT*.md.

# A verb's file app/verbs/<name>.cpp defines `extern const cli::Verb <name>_verb;`.
function(generate_verb_list output)
  file(GLOB files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/app/verbs/*.cpp)
  set(externs "")
  set(entries "")
  foreach(file IN LISTS files)
    file(STRINGS ${file} is_verb REGEX "^extern const cli::Verb [a-z_]+_verb")
    if(is_verb)
      get_filename_component(name ${file} NAME_WE)
      string(APPEND externs "extern const cli::Verb ${name}_verb;\n")
      string(APPEND entries "        &${name}_verb,\n")
    endif()
  endforeach()
  file(CONFIGURE OUTPUT ${output} @ONLY CONTENT [[// Generated from the names of app/verbs/*.cpp.
#include "verbs/verb_list.hpp"

namespace haetae::verbs {
@externs@
std::span<const cli::Verb* const> verb_list() {
    static const cli::Verb* const list[] = {
@entries@    };
    return list;
}
}  // namespace haetae::verbs
]])
endfunction()

# An error's page HTnnnn.md: line 1 "# HT0203: title", line 2 empty, line 3 "Exit code: 3.", then the explanation.
function(generate_error_catalog output)
  file(GLOB pages CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/docs/reference/errors/HT*.md)
  set(entries "")
  foreach(page IN LISTS pages)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${page})
    get_filename_component(code ${page} NAME_WE)
    file(READ ${page} text)
    if(NOT text MATCHES "^# ${code}: ([^\n]+)\n\nExit code: ([0-9]+)\\.\n\n")
      message(FATAL_ERROR "${page} must open with '# ${code}: title', an empty line, 'Exit code: N.', an empty line")
    endif()
    set(title "${CMAKE_MATCH_1}")
    set(exit_code "${CMAKE_MATCH_2}")
    string(APPEND entries "        {\"${code}\", R\"page(${title})page\", ${exit_code}, R\"page(${text})page\"},\n")
  endforeach()
  file(CONFIGURE OUTPUT ${output} @ONLY CONTENT [[// Generated from docs/reference/errors/.
#include "cli/error_catalog.hpp"

namespace haetae::cli {
std::span<const ErrorPage> error_catalog() {
    static const ErrorPage pages[] = {
@entries@    };
    return pages;
}
}  // namespace haetae::cli
]])
endfunction()

# The project of `haetae demo`: every file below examples/game-backend, as a list of paths and texts.
function(generate_demo_project output)
  set(root ${CMAKE_SOURCE_DIR}/examples/game-backend)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE ${root} ${root}/*.sql ${root}/*.toml)
  set(entries "")
  foreach(file IN LISTS files)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${root}/${file})
    file(READ ${root}/${file} text)
    string(APPEND entries "        {\"${file}\", R\"demo(${text})demo\"},\n")
  endforeach()
  file(CONFIGURE OUTPUT ${output} @ONLY CONTENT [[// Generated from examples/game-backend.
#include "verbs/demo_project.hpp"

namespace haetae::verbs {
std::span<const DemoFile> demo_project() {
    static const DemoFile files[] = {
@entries@    };
    return files;
}
}  // namespace haetae::verbs
]])
endfunction()
