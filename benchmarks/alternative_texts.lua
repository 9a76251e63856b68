-- pandoc leaves the alternative text of a picture out when it writes Typst, which PDF/UA asks for. This puts it back.
function Image(image)
  if FORMAT ~= "typst" then
    return nil
  end
  local said = pandoc.utils.stringify(image.caption):gsub("\\", "\\\\"):gsub('"', '\\"')
  local call = '#image("%s", width: %s, alt: "%s")'
  return pandoc.RawInline("typst", call:format(image.src, image.attributes.width, said))
end
