; The Windows installer: for one user, without administrator rights.
;
;   makensis -WX -DVERSION=0.1.0 -DSOURCE=..\..\dist\al-desktop -DOUTPUT=al-desktop-setup.exe al-desktop.nsi
;
; Silent: al-desktop-setup.exe /S [/D=C:\folder]. The uninstaller removes what was installed; projects,
; settings and caches are the user's and stay.

Unicode true
!include "MUI2.nsh"
!include "FileFunc.nsh"

!define NAME "AL Desktop"
!define PROGRAM "al-desktop.exe"
!define PROGRAM_ID "ALDesktop.Project"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\AL Desktop"

Name "${NAME}"
OutFile "${OUTPUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\AL Desktop"
InstallDirRegKey HKCU "${UNINSTALL_KEY}" "InstallLocation"
SetCompressor /SOLID lzma
ManifestDPIAware true

VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${NAME} installer"
VIAddVersionKey "LegalCopyright" "MIT licence"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "${LICENCE}"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

; A running program holds its own file open: ask to close it rather than install half of it.
!macro RequireClosed PREFIX
Function ${PREFIX}RequireClosed
  again:
    IfFileExists "$INSTDIR\${PROGRAM}" 0 closed
    ClearErrors
    FileOpen $0 "$INSTDIR\${PROGRAM}" a
    IfErrors 0 not_running
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "Please close ${NAME} first." /SD IDCANCEL IDRETRY again
    SetErrorLevel 2
    Quit
  not_running:
    FileClose $0
  closed:
FunctionEnd
!macroend
!insertmacro RequireClosed ""
!insertmacro RequireClosed "un."

Section "Install"
  Call RequireClosed
  ; An upgrade starts clean: a file of the old version must not be found by the new one.
  IfFileExists "$INSTDIR\${PROGRAM}" 0 +2
    RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${SOURCE}\*"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${PROGRAM}"

  WriteRegStr HKCU "Software\Classes\.aldesk" "" "${PROGRAM_ID}"
  WriteRegStr HKCU "Software\Classes\.aldesk\OpenWithProgids" "${PROGRAM_ID}" ""
  WriteRegStr HKCU "Software\Classes\${PROGRAM_ID}" "" "AL Desktop project"
  WriteRegStr HKCU "Software\Classes\${PROGRAM_ID}\DefaultIcon" "" "$INSTDIR\${PROGRAM},0"
  WriteRegStr HKCU "Software\Classes\${PROGRAM_ID}\shell\open\command" "" '"$INSTDIR\${PROGRAM}" "%1"'

  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${PROGRAM}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "The AL Desktop developers"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" "$0"
  ${RefreshShellIcons}
SectionEnd

Section "Uninstall"
  Call un.RequireClosed
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\${PROGRAM}"
  Delete "$INSTDIR\al-desktop-console.exe"
  Delete "$INSTDIR\uninstall.exe"
  ; Without /r: what somebody else put there stays.
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  DeleteRegValue HKCU "Software\Classes\.aldesk\OpenWithProgids" "${PROGRAM_ID}"
  ReadRegStr $0 HKCU "Software\Classes\.aldesk" ""
  StrCmp $0 "${PROGRAM_ID}" 0 +2
    DeleteRegValue HKCU "Software\Classes\.aldesk" ""
  DeleteRegKey HKCU "Software\Classes\${PROGRAM_ID}"
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
  ${un.RefreshShellIcons}
SectionEnd
