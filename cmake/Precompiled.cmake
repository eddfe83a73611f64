# Headers read once: copyledger_precompiled(NAME LINKS x y) makes the target precompiled_NAME of
# cmake/precompiled/NAME.h, and copyledger_uses_precompiled(TARGET NAME) compiles TARGET with it.
option(COPYLEDGER_PRECOMPILE "compile with precompiled headers" ON)

function(copyledger_precompiled name)
    cmake_parse_arguments(ARG "" "" "LINKS" ${ARGN})
    if(COPYLEDGER_PRECOMPILE)
        set(folder ${PROJECT_SOURCE_DIR}/cmake/precompiled)
        add_library(precompiled_${name} OBJECT ${folder}/made.cc)
        target_include_directories(precompiled_${name} PRIVATE ${PROJECT_SOURCE_DIR})
        target_link_libraries(precompiled_${name} PRIVATE ${ARG_LINKS} copyledger_warnings)
        # In angle brackets: the path of the checkout is no part of what is compiled.
        target_precompile_headers(precompiled_${name} PRIVATE <cmake/precompiled/${name}.h>)
    endif()
endfunction()

function(copyledger_uses_precompiled target name)
    if(COPYLEDGER_PRECOMPILE)
        target_precompile_headers(${target} REUSE_FROM precompiled_${name})
    endif()
endfunction()
